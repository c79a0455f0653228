/** The JSON types that several schemas allow together. */
import type { Schema } from './schema-shape.ts';

const order = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const;
export type JsonType = (typeof order)[number];

/** Keywords that make sense for one type only: a schema without `type` that has them means that type. */
const implied: readonly (readonly [JsonType, readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'propertyNames',
      'minProperties',
      'maxProperties',
      'dependentRequired',
      'unevaluatedProperties',
      'dependentSchemas',
      'dependencies',
    ],
  ],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains', 'unevaluatedItems', 'additionalItems']],
  ['string', ['pattern', 'minLength', 'maxLength', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** The types that all of them allow; undefined where none of them says anything. Types that do not exist are left out. */
export function allowedTypes(schemas: readonly Schema[]): ReadonlySet<JsonType> | undefined {
  const stated = schemas.map(statedTypes).filter((types) => types !== undefined);
  if (stated.length === 0) return undefined;
  return stated.reduce(
    (both, types) => new Set(order.filter((type) => allows(both, type) && allows(types, type) && isNeeded(type, both, types))),
  );
}

/** The type that the keywords are about, where no schema names one. */
export function impliedType(schemas: readonly Schema[]): JsonType | undefined {
  return implied.find(([, keywords]) => schemas.some((schema) => keywords.some((keyword) => keyword in schema)))?.[0];
}

export function statedTypes(schema: Schema): ReadonlySet<JsonType> | undefined {
  if (schema['type'] === undefined) return undefined;
  const known = typesIn(schema['type']);
  // A type that no JSON value has: whoever wrote it meant something, so nothing is ruled out.
  return known.size === 0 ? undefined : known;
}

/** Whether a value of `type` may be one of `types`. */
export function allows(types: ReadonlySet<JsonType>, type: JsonType): boolean {
  return types.has(type) || (type === 'integer' && types.has('number'));
}

/** Integers are numbers: they are named beside numbers only where one side allows no others. */
function isNeeded(type: JsonType, one: ReadonlySet<JsonType>, other: ReadonlySet<JsonType>): boolean {
  return type !== 'integer' || !(one.has('number') && other.has('number'));
}

/** The types that a `type` keyword names, as far as they exist. */
export function typesIn(type: unknown): ReadonlySet<JsonType> {
  const named = new Set<unknown>([type].flat());
  return new Set(order.filter((one) => named.has(one)));
}
