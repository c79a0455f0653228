/** Random JSON Schemas with every keyword that the grammar knows, alone and together. */
import { type Arbitrary, array, boolean, constant, constantFrom, integer, letrec, oneof, record, uniqueArray } from 'fast-check';
import type { Schema } from './schema-shape.ts';

const names = ['a', 'ab', 'b', 'né e"', 'kind', '-'] as const;
const name = constantFrom(...names);
const small = integer({ min: 0, max: 4 });
const bound = oneof(integer({ min: -30, max: 1200 }), constantFrom(-2.5, 0.25, 0.5, 3.75, 1e6, -1e6, 12.125));
const plain = constantFrom<unknown>('a', 'b', 'x"y', '', 'née\n', 0, 1, -3, 2.5, 100, true, false, null, [], [1, 'a'], {}, { a: 1 });
const patterns = [
  '^a',
  'b$',
  '^[a-c]{2,4}$',
  '^(?:x|yz)+\\d?$',
  '"\\\\',
  '^[^a-z\\s]*$',
  '^\\w+@\\w+\\.(?:com|org)$',
  '.',
  '^a|b$',
  '(?=a)',
  '^(\\w)\\1$',
  '^\\u00e9[\\u{1F600}-\\u{1F64F}]$',
] as const;
const formats = ['date', 'time', 'date-time', 'uuid', 'email', 'ipv4', 'ipv6', 'uri', 'hostname', 'duration', 'password', 'regex'] as const;

/** Any of the keywords, each sometimes. */
function some(model: Record<string, Arbitrary<unknown>>): Arbitrary<Schema> {
  return record(model, { requiredKeys: [] }).map((schema) => schema as Schema);
}

function typed(type: string, keywords: Record<string, Arbitrary<unknown>>): Arbitrary<Schema> {
  return oneof({ weight: 4, arbitrary: some(keywords).map((schema) => ({ type, ...schema })) }, { weight: 1, arbitrary: some(keywords) });
}

/** Schemas with `$defs` n and m, which the others refer to. */
export const schemas: Arbitrary<Schema> = letrec<{ schema: Schema }>((tie) => {
  const inner = oneof({ weight: 12, arbitrary: tie('schema') }, { weight: 1, arbitrary: boolean() });
  const map = array(record({ name, schema: inner }), { maxLength: 4 }).map((list) =>
    Object.fromEntries(list.map((one) => [one.name, one.schema])),
  );
  const branches = array(inner, { minLength: 1, maxLength: 3 });
  const leaf = oneof(
    typed('string', { minLength: small, maxLength: integer({ min: 0, max: 9 }) }),
    typed('string', { pattern: constantFrom(...patterns) }),
    typed('string', { format: constantFrom(...formats) }),
    typed('string', { pattern: constantFrom(...patterns), minLength: small, maxLength: integer({ min: 2, max: 9 }) }),
    typed('integer', { minimum: bound, maximum: bound, exclusiveMinimum: bound, multipleOf: constantFrom(1, 2, 5) }),
    typed('number', { minimum: bound, maximum: bound }),
    typed('number', { exclusiveMinimum: bound, exclusiveMaximum: bound }),
    constantFrom<Schema>({}, { type: 'null' }, { type: 'boolean' }, { $ref: '#/$defs/n' }, { $ref: '#/$defs/m' }, { $ref: '#' }),
    uniqueArray(plain, { minLength: 1, maxLength: 5, selector: (value) => JSON.stringify(value) }).map((values) => ({ enum: values })),
    plain.map((value) => ({ const: value })),
    uniqueArray(constantFrom('string', 'null', 'integer', 'number', 'object', 'array', 'boolean'), { minLength: 1, maxLength: 3 }).map(
      (type) => ({ type }),
    ),
  );
  const composed = oneof(
    {
      weight: 4,
      arbitrary: typed('object', { properties: map, required: uniqueArray(name, { maxLength: 2 }), additionalProperties: constant(false) }),
    },
    {
      weight: 2,
      arbitrary: typed('object', { properties: map, required: uniqueArray(name, { maxLength: 2 }), additionalProperties: inner }),
    },
    typed('object', { properties: map, minProperties: small, maxProperties: small, additionalProperties: inner }),
    typed('object', { properties: map, dependentRequired: constant({ a: ['b'] }), propertyNames: inner }),
    typed('object', {
      patternProperties: array(record({ pattern: constantFrom('^x', 'b', '^a$'), schema: inner }), { maxLength: 2 }).map((list) =>
        Object.fromEntries(list.map((one) => [one.pattern, one.schema])),
      ),
      properties: map,
      additionalProperties: inner,
    }),
    typed('object', { properties: map, allOf: branches, unevaluatedProperties: constant(false) }),
    { weight: 3, arbitrary: typed('array', { items: inner, minItems: small, maxItems: small }) },
    typed('array', { items: inner, prefixItems: branches, minItems: small, maxItems: small }),
    typed('array', { items: inner, uniqueItems: boolean(), minItems: small }),
    { weight: 2, arbitrary: record({ anyOf: branches }) as Arbitrary<Schema> },
    { weight: 2, arbitrary: record({ oneOf: branches }) as Arbitrary<Schema> },
    record({ allOf: branches }) as Arbitrary<Schema>,
    typed('object', { properties: map, required: uniqueArray(name, { maxLength: 2 }), anyOf: branches, oneOf: branches }),
    record({ not: inner, type: constantFrom('string', 'object', 'integer') }) as Arbitrary<Schema>,
    record({
      enum: uniqueArray(plain, { minLength: 1, maxLength: 5, selector: (value) => JSON.stringify(value) }),
      anyOf: branches,
    }) as Arbitrary<Schema>,
  );
  return { schema: oneof({ maxDepth: 3, withCrossShrink: true }, leaf, composed) };
}).schema.chain((schema) => record({ n: definition(), m: definition() }).map(({ n, m }) => ({ ...schema, $defs: { n, m } })));

function definition(): Arbitrary<Schema> {
  return constantFrom<Schema>(
    { type: 'string', maxLength: 2 },
    { type: 'object', properties: { a: { $ref: '#/$defs/n' }, b: { $ref: '#/$defs/m' } }, required: ['b'], additionalProperties: false },
    { type: 'array', items: { $ref: '#/$defs/m' }, maxItems: 2 },
    {
      type: 'object',
      properties: { kind: { const: 'n' }, ab: { anyOf: [{ $ref: '#/$defs/n' }, { type: 'null' }] } },
      required: ['kind', 'ab'],
    },
    {
      anyOf: [
        { type: 'integer', minimum: 5 },
        { type: 'object', additionalProperties: { $ref: '#/$defs/m' } },
      ],
    },
    {
      oneOf: [
        { type: 'object', properties: { kind: { enum: ['x', 'y'] } }, required: ['kind'] },
        { type: 'object', properties: { kind: { const: 'z' } }, required: ['kind'] },
      ],
    },
  );
}
