// Turns a published schema into the copy that the validators are compiled from.
// The published one reads well and stays standard; the copy names the field inside the right branch when something is wrong.
import { isSchema, mapSchema, resolveRef, type Schema, type Schemas } from './read-schemas.ts';

/**
 * The copy differs in four ways, none of which changes what a closed reading of the schema accepts:
 * what is required is said together with what it must be, unions are dispatched on their tag first, `anyOf` on the JSON type first (instead of "must match one of"),
 * and objects are closed, so that fields nobody knows are seen. Whether those are errors or advice is decided at run time.
 */
export function strictCopy(schema: Schema, schemas: Schemas): Schema {
  return mapSchema(schema, (part) => closed(byType(byTag(demanding(bare(part), schemas), schemas), schemas)));
}

/** Drops what validators do not need; 100 KB of descriptions in a bundle would help nobody. */
function bare(part: Schema): Schema {
  if (isPropertyMap(part)) return part;
  const { $schema: _dialect, title: _title, description: _description, ...rest } = part;
  return rest;
}

/** In `properties` the keys are names, not keywords: a wire field may well be called "description" or "title". */
function isPropertyMap(part: Schema): boolean {
  return Object.keys(part).length > 0 && Object.values(part).every(isSchema);
}

function demanding(part: Schema, schemas: Schemas): Schema {
  const { required, ...rest } = part;
  const { properties } = part;
  if (!Array.isArray(required) || !isSchema(properties)) return part;
  const fields = required.map((field: unknown) => [String(field), demanded(properties[String(field)], schemas)]);
  return { ...rest, 'x-required': Object.fromEntries(fields) };
}

/** What a field has to be, in the params of the keyword that says so. */
function demanded(field: unknown, schemas: Schemas): Schema {
  if (!isSchema(field)) throw new Error('A required field has to be among the properties.');
  if (field['$ref'] !== undefined) return demanded(resolveRef(schemas, field['$ref']), schemas);
  if (field['const'] !== undefined) return { allowedValue: field['const'] };
  if (field['enum'] !== undefined) return { allowedValues: field['enum'] };
  if (Array.isArray(field['anyOf'])) return { type: field['anyOf'].filter(isSchema).map((branch) => jsonType(branch, schemas)) };
  return { type: field['type'] ?? 'object' };
}

function byTag(part: Schema, schemas: Schemas): Schema {
  const { discriminator, oneOf } = part;
  if (!isSchema(discriminator) || !Array.isArray(oneOf)) return part;
  const tag = String(discriminator['propertyName']);
  const tags = oneOf.filter(isSchema).flatMap((branch) => tagValues(resolveRef(schemas, branch['$ref']), tag));
  // Ajv's own complaint about an unknown tag names neither the field nor the choice; the enum does. Each branch closes itself.
  return { ...part, properties: { [tag]: { type: 'string', enum: tags } }, additionalProperties: true };
}

/** The tag values a branch stands for: its `const` or `enum`. */
export function tagValues(branch: Schema, tag: string): readonly string[] {
  const field = isSchema(branch['properties']) ? branch['properties'][tag] : undefined;
  const values = isSchema(field) ? (field['enum'] ?? [field['const']]) : [];
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) throw new Error(`A branch has no tag "${tag}".`);
  return values;
}

function byType(part: Schema, schemas: Schemas): Schema {
  const { anyOf, ...rest } = part;
  if (!Array.isArray(anyOf)) return part;
  const branches = anyOf.filter(isSchema).map((branch) => ({ branch, type: jsonType(branch, schemas) }));
  const telling = branches.filter(({ branch }) => Object.keys(branch).some((keyword) => keyword !== 'type'));
  return {
    ...rest,
    type: branches.map(({ type }) => type),
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a keyword of JSON Schema
    allOf: telling.map(({ branch, type }) => ({ if: { type }, then: branch })),
  };
}

function jsonType(branch: Schema, schemas: Schemas): unknown {
  const type = branch['type'] ?? resolveRef(schemas, branch['$ref'])['type'];
  if (typeof type !== 'string') throw new Error('Every branch of an anyOf needs one JSON type of its own.');
  return type;
}

function closed(part: Schema): Schema {
  if (part['type'] !== 'object' || part['additionalProperties'] !== undefined) return part;
  // A top-level `if` dispatches like a union does: its branches close themselves.
  if (part['if'] !== undefined) return { ...part, additionalProperties: true };
  return isSchema(part['properties']) ? { ...part, additionalProperties: false } : part;
}
