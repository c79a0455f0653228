/** Whether what the grammar writes for some schemas can never be valid for another one: so `not` and `oneOf` are kept without effort. */
import { admits } from './admits.ts';
import { flattened } from './conjunction.ts';
import { mapOf, valueSchemas } from './object-rule.ts';
import { SchemaTooLargeError } from './schema-error.ts';
import { isSchema, list, numeric, requiredNames, resolveReference, type Schema } from './schema-shape.ts';
import { allowedTypes, allows, impliedType, statedTypes } from './types.ts';

const deepest = 12;
/** Values of one list: the engine looks at each of them before every token. */
const mostValues = 3000;

/** True only where it is certain. `schemas` are flat; `values` are all that they allow, where that is a list. */
export function neverValid(
  schemas: readonly Schema[],
  values: readonly unknown[] | undefined,
  other: unknown,
  root: Schema,
  depth = 0,
): boolean {
  if (other === false) return true;
  if (!isSchema(other) || depth > deepest) return false;
  if (values !== undefined) return values.every((value) => admits(value, other, root) === false);
  const inner = (part: unknown): boolean => neverValid(schemas, values, part, root, depth + 1);
  if (typeof other['$ref'] === 'string' && inner(resolveReference(root, other['$ref']))) return true;
  if (list(other['allOf']).some(inner)) return true;
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const branches = other[keyword];
    if (Array.isArray(branches) && branches.every(inner)) return true;
  }
  return hasOtherType(schemas, other, root) || isOutOfRange(schemas, other) || isOtherObject(schemas, other, root, depth);
}

function hasOtherType(schemas: readonly Schema[], other: Schema, root: Schema): boolean {
  const implied = impliedType(schemas);
  const written = allowedTypes(schemas) ?? (implied === undefined ? undefined : new Set([implied]));
  if (written === undefined) return false;
  const listed = Array.isArray(other['enum']) ? other['enum'] : 'const' in other ? [other['const']] : undefined;
  if (listed !== undefined) return listed.every((value) => schemas.some((schema) => admits(value, schema, root) === false));
  const accepted = statedTypes(other);
  if (accepted === undefined) return false;
  return [...written].every((type) => !allows(accepted, type) && !(type === 'number' && accepted.has('integer')));
}

function isOutOfRange(schemas: readonly Schema[], other: Schema): boolean {
  const types = allowedTypes(schemas);
  if (types === undefined || [...types].some((type) => type !== 'integer' && type !== 'number')) return false;
  const least = numeric(other['minimum']) ?? numeric(other['exclusiveMinimum']);
  const most = numeric(other['maximum']) ?? numeric(other['exclusiveMaximum']);
  return schemas.some((schema) => {
    const lowest = numeric(schema['minimum']) ?? numeric(schema['exclusiveMinimum']);
    const highest = numeric(schema['maximum']) ?? numeric(schema['exclusiveMaximum']);
    return (
      (least !== undefined && highest !== undefined && highest < least) || (most !== undefined && lowest !== undefined && lowest > most)
    );
  });
}

function isOtherObject(schemas: readonly Schema[], other: Schema, root: Schema, depth: number): boolean {
  const types = allowedTypes(schemas);
  if (types === undefined ? impliedType(schemas) !== 'object' : [...types].some((type) => type !== 'object')) return false;
  const required = new Set(schemas.flatMap(requiredNames));
  const known = new Set([...required, ...schemas.flatMap((schema) => Object.keys(mapOf(schema, 'properties')))]);
  const hasOthers = known.size === 0 || schemas.some((schema) => !isClosed(schema));
  if (!hasOthers && requiredNames(other).some((name) => !known.has(name))) return true;
  const properties = mapOf(other, 'properties');
  return [...required].some((name) => {
    if (!Object.hasOwn(properties, name)) return other['additionalProperties'] === false && !('patternProperties' in other);
    const values = flattened(
      valueSchemas(schemas, name),
      root,
      () => {},
      () => {},
    );
    return values === undefined || neverValid([...values], listedValues([...values], root), properties[name], root, depth + 1);
  });
}

/** Whether only known properties are written. */
function isClosed(schema: Schema): boolean {
  const { additionalProperties: others } = schema;
  return (others === undefined || others === false) && !('patternProperties' in schema);
}

/** The values that the schemas list, those that all of them admit as far as that can be told; undefined where none of them lists any. */
export function listedValues(schemas: readonly Schema[], root: Schema): readonly unknown[] | undefined {
  const lists = schemas.flatMap((schema) => [
    ...(Array.isArray(schema['enum']) ? [schema['enum'] as readonly unknown[]] : []),
    ...('const' in schema ? [[schema['const']]] : []),
  ]);
  const [first] = lists.toSorted((left, right) => left.length - right.length);
  if (first !== undefined && first.length > mostValues) throw new SchemaTooLargeError(`it lists more than ${mostValues} values`);
  return first?.filter((value) => schemas.every((schema) => admits(value, schema, root) !== false));
}
