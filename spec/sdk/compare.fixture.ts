// Holds the schemas against the types of the official SDK: walks both sides from the same roots and tells every difference.
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Lookup } from './declarations.fixture.ts';
import { allowedBy, shapeOf, type Allowed, type Shape } from './types.fixture.ts';

/** Where a walk begins: a type of the SDK, and the schema that says the same. */
export interface Root {
  readonly module: string;
  readonly type: string;
  readonly schema: string;
}

/** Gives a schema by the name of its file. */
export type ReadSchema = (file: string) => JsonObject;

/** An object of a schema, and the file that holds it. */
interface Node {
  readonly schema: JsonObject;
  readonly file: string;
}

interface Met {
  readonly file: string;
  readonly schema: JsonObject;
  readonly fields: Set<string>;
  /** Fields of the types outside of the beta API. */
  readonly stable: Set<string>;
  /** The values that the SDK lists, by field. */
  readonly values: Map<string, Set<string>>;
}

/**
 * Every difference, sorted: `missing Type.field` (ours lacks it), `null Type.field` (ours refuses null), `required Type.field` (ours
 * demands what is optional there), `values Type.field 'x'` (ours lacks a value), `opaque Type.field` (ours does not look inside),
 * `variant Type.field -> Other` (ours lacks a member of a union), `unknown file.json field` and `unknown file.json field 'x'` (the SDK
 * knows nothing of it), `stable file.json field` (only the beta API has it, and ours takes it without a header).
 */
export function differences(lookup: Lookup, read: ReadSchema, roots: readonly Root[]): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const met = new Map<JsonObject, Met>();

  const walkShape = (shape: Shape, { schema, file }: Node): void => {
    const key = `${shape.module} ${shape.name} ${file}`;
    if (seen.has(key)) return;
    seen.add(key);
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const record = met.get(schema) ?? { file, schema, fields: new Set(), stable: new Set(), values: new Map() };
    met.set(schema, record);
    const required = listIn(schema['required']);
    for (const { name, isOptional, type } of shape.fields) {
      const place = `${shape.name}.${name}`;
      record.fields.add(name);
      if (!shape.module.startsWith('beta/')) record.stable.add(name);
      const property = properties[name];
      if (!isJsonObject(property)) {
        found.add(`missing ${place}`);
        continue;
      }
      if (isOptional && required.includes(name)) found.add(`required ${place}`);
      const allowed = allowedBy(lookup, shape.module, type);
      const values = record.values.get(name) ?? new Set();
      record.values.set(name, values);
      for (const value of allowed.isOpen ? [] : allowed.literals) values.add(value);
      walk(allowed, { schema: property, file }, place);
    }
  };

  const walk = (allowed: Allowed, node: Node, place: string): void => {
    const nodes = alternatives(node, read);
    if (allowed.isNullable && !nodes.some(({ schema }) => typesOf(schema).includes('null'))) found.add(`null ${place}`);
    if (!allowed.isOpen) {
      const ours = new Set(nodes.flatMap(({ schema }) => valuesOf(schema)));
      for (const value of allowed.literals) if (!ours.has(value)) found.add(`values ${place} '${value}'`);
    }
    for (const { module, type } of allowed.items) {
      for (const { schema, file } of nodes) {
        const { items } = schema;
        if (isJsonObject(items)) walk(allowedBy(lookup, module, type), { schema: items, file }, `${place}[]`);
      }
    }
    const objects = nodes.filter(({ schema }) => typesOf(schema).includes('object'));
    for (const shape of allowed.shapes) {
      const fitting = objects.find(({ schema }) => fits(shape, schema));
      if (fitting && isJsonObject(fitting.schema['properties'])) walkShape(shape, fitting);
      else if (objects.some(({ schema }) => !isJsonObject(schema['properties']))) found.add(`opaque ${place}`);
      else found.add(`variant ${place} -> ${shape.name}`);
    }
  };

  for (const { module, type, schema } of roots) {
    const start: Node = { schema: { $ref: schema }, file: schema };
    const declared = lookup(module, type);
    if (declared?.kind === 'interface') {
      const [node] = alternatives(start, read);
      if (node) walkShape(shapeOf(lookup, module, type), node);
    } else walk(allowedBy(lookup, module, type), start, type);
  }
  for (const record of met.values()) for (const line of unknownIn(record, read)) found.add(line);
  return [...found].toSorted();
}

/** What ours has and the SDK has not, in an object that the walk has met. */
function* unknownIn({ file, schema, fields, stable, values }: Met, read: ReadSchema): Generator<string> {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const isRequest = schema['additionalProperties'] === false;
  for (const [name, property] of Object.entries(properties)) {
    if (!isJsonObject(property)) continue;
    if (!fields.has(name)) yield `unknown ${file} ${name}`;
    else if (isRequest && stable.size > 0 && !stable.has(name) && property['x-beta'] === undefined) yield `stable ${file} ${name}`;
    const known = values.get(name);
    if (!known || known.size === 0) continue;
    const ours = alternatives({ schema: property, file }, read).flatMap((node) => valuesOf(node.schema));
    for (const value of ours) if (!known.has(value)) yield `unknown ${file} ${name} '${value}'`;
  }
}

/** The branches of a schema, references followed. */
function alternatives({ schema, file }: Node, read: ReadSchema): readonly Node[] {
  const { $ref: ref, anyOf, oneOf, then, else: otherwise } = schema;
  if (typeof ref === 'string') return alternatives({ schema: read(ref), file: ref }, read);
  const branches = [...branchesIn(anyOf), ...branchesIn(oneOf), ...branchesIn([then, otherwise])];
  return branches.length === 0 ? [{ schema, file }] : branches.flatMap((branch) => alternatives({ schema: branch, file }, read));
}

function branchesIn(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** An object is the one that a type means if their `type` or `role` have a value in common. */
function fits(shape: Shape, schema: JsonObject): boolean {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return ['type', 'role'].every((tag) => {
    const ours = isJsonObject(properties[tag]) ? valuesOf(properties[tag]) : [];
    const theirs = [...(shape.fields.find(({ name }) => name === tag)?.type ?? '').matchAll(/'([^']*)'/g)].map(([, value]) => value ?? '');
    return ours.length === 0 || theirs.length === 0 || theirs.some((value) => ours.includes(value));
  });
}

function valuesOf({ const: only, enum: values }: JsonObject): readonly string[] {
  return [only, ...(Array.isArray(values) ? values : [])].filter((value) => typeof value === 'string');
}

function typesOf({ type }: JsonObject): readonly string[] {
  return typeof type === 'string' ? [type] : listIn(type);
}

function listIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
