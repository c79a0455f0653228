// Reads the published JSON Schemas of the wire: one file per object, named by its `$id`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON Schema, or a part of one. Only the generator looks inside, so it stays untyped JSON. */
export type Schema = { [keyword: string]: unknown };

/** Schemas by file name without `.json`, in alphabetical order. */
export type Schemas = ReadonlyMap<string, Schema>;

/**
 * Reads schemas and all that they refer to, from a folder that also holds others (of configuration, of the run record).
 * Throws if a file's `$id` is not its name, since `$ref`s go by file name.
 */
export function readSchemas(folder: string, names: readonly string[]): Schemas {
  const schemas = new Map<string, Schema>();
  const left = [...names];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (schemas.has(name)) continue;
    const schema: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    if (!isSchema(schema) || schema['$id'] !== `${name}.json`) throw new Error(`spec/schemas/${name}.json: $id must be "${name}.json".`);
    schemas.set(name, schema);
    left.push(...refsIn(schema));
  }
  return new Map([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isSchema(value)) return [];
  const { $ref: ref } = value;
  const inside = Object.values(value).flatMap(refsIn);
  return typeof ref === 'string' ? [ref.replace(/\.json$/, ''), ...inside] : inside;
}

/** The schema that `$ref` names. Throws on a reference to a file that does not exist. */
export function resolveRef(schemas: Schemas, ref: unknown): Schema {
  const found = typeof ref === 'string' ? schemas.get(ref.replace(/\.json$/, '')) : undefined;
  if (!found) throw new Error(`spec/schemas: $ref "${String(ref)}" names no file.`);
  return found;
}

/** True for a JSON object, which every schema here is. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy in which `visit` has replaced every schema object, innermost first. */
export function mapSchema(schema: Schema, visit: (schema: Schema) => Schema): Schema {
  return visit(Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, mapValue(value, visit)])));
}

function mapValue(value: unknown, visit: (schema: Schema) => Schema): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mapValue(item, visit));
  return isSchema(value) ? mapSchema(value, visit) : value;
}
