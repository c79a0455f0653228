/** Whether a value that the schema itself names (in `enum`, `const`, as a property's name) keeps to other schemas. */
import { matches } from './pattern.ts';
import { readPattern } from './pattern-reader.ts';
import { count, isSchema, list, numeric, requiredNames, resolveReference, type Schema } from './schema-shape.ts';

const deepest = 24;
/** What is not looked at: the answer is then unknown, unless something else rules the value out. */
const unread = [
  'if',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'unevaluatedProperties',
  'unevaluatedItems',
] as const;

/** True, false, or undefined where it cannot be told. */
export function admits(value: unknown, schema: unknown, root: Schema, depth = 0): boolean | undefined {
  if (typeof schema === 'boolean') return schema;
  if (!isSchema(schema) || depth > deepest) return undefined;
  const inner = (part: unknown, of: unknown = value): boolean | undefined => admits(of, part, root, depth + 1);
  return every([
    'type' in schema ? [schema['type']].flat().some((type) => isOfType(value, type)) : true,
    'const' in schema ? identity(schema['const']) === identity(value) : true,
    Array.isArray(schema['enum']) ? identities(schema['enum']).has(identity(value)) : true,
    typeof schema['$ref'] === 'string' ? inner(resolveReference(root, schema['$ref'])) : true,
    ...list(schema['allOf']).map((part) => inner(part)),
    Array.isArray(schema['anyOf']) ? some(schema['anyOf'].map((part) => inner(part))) : true,
    Array.isArray(schema['oneOf']) ? exactlyOne(schema['oneOf'].map((part) => inner(part))) : true,
    'not' in schema ? negated(inner(schema['not'])) : true,
    unread.some((keyword) => keyword in schema) ? undefined : true,
    ...(typeof value === 'number' ? numberRules(value, schema) : []),
    ...(typeof value === 'string' ? stringRules(value, schema) : []),
    ...(Array.isArray(value) ? arrayRules(value, schema, inner) : []),
    ...(isSchema(value) ? objectRules(value, schema, inner) : []),
  ]);
}

/** The same text for equal JSON values, whatever the order of their keys. */
export function identity(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isSchema(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1))) : inner,
  );
}

/** Of lists that are looked at again for every value. */
const identitiesOf = new WeakMap<readonly unknown[], ReadonlySet<string>>();

function identities(values: readonly unknown[]): ReadonlySet<string> {
  const found = identitiesOf.get(values) ?? new Set(values.map(identity));
  identitiesOf.set(values, found);
  return found;
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isSchema(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

type Answer = boolean | undefined;
type Inner = (part: unknown, of: unknown) => Answer;

function numberRules(value: number, schema: Schema): Answer[] {
  const least = numeric(schema['minimum']);
  const most = numeric(schema['maximum']);
  const above = schema['exclusiveMinimum'] === true ? least : numeric(schema['exclusiveMinimum']);
  const below = schema['exclusiveMaximum'] === true ? most : numeric(schema['exclusiveMaximum']);
  const factor = numeric(schema['multipleOf']);
  return [
    least === undefined || value >= least,
    most === undefined || value <= most,
    above === undefined || value > above,
    below === undefined || value < below,
    factor === undefined || Number.isInteger(value / factor),
  ];
}

function stringRules(value: string, schema: Schema): Answer[] {
  const length = Array.from(value).length;
  return [
    length >= (count(schema['minLength']) ?? 0),
    length <= (count(schema['maxLength']) ?? Number.POSITIVE_INFINITY),
    typeof schema['pattern'] === 'string' ? hasMatch(schema['pattern'], value) : true,
  ];
}

/** Whether `pattern` finds something in `text`; undefined where the pattern is more than a regular expression, or too much work. */
export function hasMatch(pattern: string, text: string): boolean | undefined {
  const read = readPattern(pattern);
  return read === undefined ? undefined : matches(read, text);
}

function arrayRules(value: readonly unknown[], schema: Schema, inner: Inner): Answer[] {
  const leading = Array.isArray(schema['items']) ? schema['items'] : list(schema['prefixItems']);
  const rest = Array.isArray(schema['items']) ? schema['additionalItems'] : schema['items'];
  return [
    value.length >= (count(schema['minItems']) ?? 0),
    value.length <= (count(schema['maxItems']) ?? Number.POSITIVE_INFINITY),
    schema['uniqueItems'] !== true || new Set(value.map(identity)).size === value.length,
    ...value.map((item, at) => (at < leading.length ? inner(leading[at], item) : rest === undefined || inner(rest, item))),
  ];
}

function objectRules(value: Schema, schema: Schema, inner: Inner): Answer[] {
  const names = Object.keys(value);
  const known = isSchema(schema['properties']) ? schema['properties'] : {};
  return [
    names.length >= (count(schema['minProperties']) ?? 0),
    names.length <= (count(schema['maxProperties']) ?? Number.POSITIVE_INFINITY),
    requiredNames(schema).every((name) => Object.hasOwn(value, name)),
    'patternProperties' in schema ? undefined : true,
    ...names.map((name) => {
      if (Object.hasOwn(known, name)) return inner(known[name], value[name]);
      return schema['additionalProperties'] === undefined || inner(schema['additionalProperties'], value[name]);
    }),
    ...('propertyNames' in schema ? names.map((name) => inner(schema['propertyNames'], name)) : []),
  ];
}

export function every(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function some(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function exactlyOne(answers: readonly Answer[]): Answer {
  if (answers.filter((answer) => answer === true).length > 1) return false;
  return answers.includes(undefined) ? undefined : answers.includes(true);
}

function negated(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer;
}
