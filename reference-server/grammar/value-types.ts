/** The JSON types that values of a schema may have, with all that it says in its branches and references. */
import { isSchema, list, resolveReference, type Schema } from './schema-shape.ts';
import { allows, impliedType, type JsonType, statedTypes } from './types.ts';

const all: ReadonlySet<JsonType> = new Set(['object', 'array', 'string', 'number', 'boolean', 'null']);
const deepest = 24;

/** Where nothing is said, every type. Keywords that make sense for one type only mean that type, as they do in grammars. */
export function typesOf(schema: unknown, root: Schema): ReadonlySet<JsonType> {
  return new TypeReader(root).read(schema, 0);
}

/** Reads each schema once: branches may lead to the same ones again and again. */
class TypeReader {
  readonly #root: Schema;
  readonly #known = new Map<Schema, ReadonlySet<JsonType>>();

  constructor(root: Schema) {
    this.#root = root;
  }

  read(schema: unknown, depth: number): ReadonlySet<JsonType> {
    if (schema === false) return new Set();
    if (!isSchema(schema) || depth > deepest) return all;
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    // What leads back to itself says nothing more by that.
    this.#known.set(schema, all);
    const types = readTypes(schema, this.#root, (part) => this.read(part, depth + 1));
    this.#known.set(schema, types);
    return types;
  }
}

function readTypes(schema: Schema, root: Schema, inner: (part: unknown) => ReadonlySet<JsonType>): ReadonlySet<JsonType> {
  const stated = statedTypes(schema);
  const said = [
    ...(stated === undefined ? [] : [stated]),
    ...('const' in schema ? [new Set([typeOf(schema['const'])])] : []),
    ...(Array.isArray(schema['enum']) ? [new Set(schema['enum'].map(typeOf))] : []),
    ...(typeof schema['$ref'] === 'string' ? [inner(resolveReference(root, schema['$ref']))] : []),
    ...list(schema['allOf']).map(inner),
    ...(['anyOf', 'oneOf'] as const).flatMap((keyword) => {
      const branches = schema[keyword];
      return Array.isArray(branches) ? [new Set(branches.flatMap((branch) => Array.from(inner(branch))))] : [];
    }),
  ];
  if (said.length > 0) return new Set(said.flatMap((types) => [...types]).filter((type) => said.every((types) => allows(types, type))));
  const implied = impliedType([schema]);
  return implied === undefined ? all : new Set([implied]);
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}
