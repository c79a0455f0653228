/** The smallest value that satisfies a JSON Schema: what a mock passes to a tool it has to call. */

type Schema = Readonly<Record<string, unknown>>;

/** Deeper than any sensible schema; a recursive one that requires itself has no finite value. */
const maxDepth = 32;
/** Values and characters in all. Of a schema that demands more, the rest is left out. */
const mostSize = 100_000;

/**
 * A value for the schema: `const`, `default`, the first of `enum`, `examples` or `anyOf`; required properties only; as few items, as
 * short a string, as small a number as allowed. `$ref` is followed inside the document. `pattern` and `not` are not understood.
 * Where a schema demands more than 100,000 values and characters in all, the rest is left out.
 */
export function minimalInput(schema: unknown): unknown {
  return minimal(schema, { root: schema, depth: 0, room: { left: mostSize } });
}

interface Place {
  readonly root: unknown;
  readonly depth: number;
  readonly room: { left: number };
}

function minimal(schema: unknown, { root, depth, room }: Place): unknown {
  room.left -= 1;
  if (!isSchema(schema) || depth > maxDepth || room.left < 0) return null;
  const place = { root, depth: depth + 1, room };
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  for (const list of ['enum', 'examples']) if (isFilled(schema[list])) return schema[list][0];
  if (typeof schema['$ref'] === 'string') return minimal(resolve(schema['$ref'], root), place);
  for (const union of ['anyOf', 'oneOf']) if (isFilled(schema[union])) return minimal(withSiblings(schema, union, schema[union][0]), place);
  if (isFilled(schema['allOf']))
    return minimal(
      schema['allOf'].reduce<Schema>((all, part) => merge(all, part, root), without(schema, 'allOf')),
      place,
    );
  return ofType(firstType(schema), schema, place);
}

function ofType(type: string, schema: Schema, place: Place): unknown {
  switch (type) {
    case 'object':
      return minimalObject(schema, place);
    case 'array':
      return minimalArray(schema, place);
    case 'string':
      return minimalString(schema, place);
    case 'number':
    case 'integer':
      return minimalNumber(schema, type === 'integer');
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function minimalObject(schema: Schema, place: Place): unknown {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required = isFilled(schema['required']) ? schema['required'].filter((name) => typeof name === 'string') : [];
  // In the order of the schema, as a model that is held to it would write them.
  const known = Object.keys(properties).filter((name) => required.includes(name));
  return Object.fromEntries(
    [...new Set([...known, ...required])].map((name) => [name, minimal(properties[name] ?? { type: 'string' }, place)]),
  );
}

function minimalArray(schema: Schema, place: Place): unknown {
  const first = isFilled(schema['prefixItems']) ? schema['prefixItems'] : [];
  const length = Math.min(Math.max(numberAt(schema, 'minItems') ?? 0, first.length), Math.max(place.room.left, 0));
  return Array.from({ length }, (_, index) => minimal(first[index] ?? schema['items'] ?? { type: 'string' }, place));
}

const formats: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    date: '2026-01-01',
    'date-time': '2026-01-01T00:00:00Z',
    time: '00:00:00Z',
    duration: 'P1D',
    email: 'a@example.com',
    hostname: 'example.com',
    ipv4: '127.0.0.1',
    ipv6: '::1',
    uri: 'https://example.com/',
    uuid: '00000000-0000-4000-8000-000000000000',
  }),
);

function minimalString(schema: Schema, { room }: Place): string {
  const text = formats.get(schema['format']) ?? 'text';
  const length = Math.min(numberAt(schema, 'minLength') ?? 0, room.left);
  room.left -= Math.max(length, 0);
  return text.padEnd(length, '.').slice(0, numberAt(schema, 'maxLength') ?? Number.POSITIVE_INFINITY);
}

function minimalNumber(schema: Schema, isInteger: boolean): number {
  const step = numberAt(schema, 'multipleOf') ?? (isInteger ? 1 : undefined);
  const above = numberAt(schema, 'exclusiveMinimum');
  const least = Math.max(numberAt(schema, 'minimum') ?? Number.NEGATIVE_INFINITY, above ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(
    numberAt(schema, 'maximum') ?? Number.POSITIVE_INFINITY,
    numberAt(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY,
  );
  if (least < 0 && most > 0) return 0;
  if (least === Number.NEGATIVE_INFINITY) return step === undefined ? most - 1 : Math.floor((most - step) / step) * step;
  if (step === undefined) return least === above ? Math.min(least + 1, (least + most) / 2) : least;
  const multiple = Math.ceil(least / step) * step;
  return multiple === above ? multiple + step : multiple;
}

/** The first type that says something: for `["null", "string"]` a string. */
function firstType(schema: Schema): string {
  const { type } = schema;
  if (type === undefined) return inferredType(schema);
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.filter((name) => typeof name === 'string').find((name) => name !== 'null') ?? 'null';
}

function inferredType(schema: Schema): string {
  if ('properties' in schema || 'required' in schema) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : 'string';
}

function withSiblings(schema: Schema, union: string, chosen: unknown): Schema {
  return isSchema(chosen) ? { ...without(schema, union), ...chosen } : without(schema, union);
}

function without(schema: Schema, key: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

/** `allOf`: properties and required names of all parts together; of other keywords the last. */
function merge(all: Schema, part: unknown, root: unknown): Schema {
  const resolved = isSchema(part) && typeof part['$ref'] === 'string' ? resolve(part['$ref'], root) : part;
  if (!isSchema(resolved)) return all;
  const properties = {
    ...(isSchema(all['properties']) && all['properties']),
    ...(isSchema(resolved['properties']) && resolved['properties']),
  };
  const required = [all['required'], resolved['required']].flatMap((names) => (isFilled(names) ? names : []));
  return { ...all, ...resolved, properties, required };
}

/** A JSON Pointer into the document: `#`, `#/$defs/name`. References to elsewhere resolve to nothing. */
function resolve(reference: string, root: unknown): unknown {
  if (!reference.startsWith('#')) return undefined;
  const steps = reference.slice(1).split('/').slice(1);
  return steps.reduce<unknown>(
    (place, step) => (isSchema(place) ? place[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    root,
  );
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function numberAt(schema: Schema, key: string): number | undefined {
  const value = schema[key];
  return typeof value === 'number' ? value : undefined;
}
