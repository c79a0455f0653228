// Whether a JSON value surely breaks a JSON Schema. No validator: what is not understood counts as kept, and hard work is given up.
// https://json-schema.org/draft/2020-12/json-schema-validation
import { isJsonObject, type JsonObject } from '../../json.ts';

/** Looks that one value is worth; schemas with many references and alternatives could otherwise take exponential time. */
const mostLooks = 10_000;
const mostDepth = 100;

/** True if the value breaks the schema beyond doubt. Never throws, and takes bounded time. */
export function isMisfit(schema: JsonObject, value: unknown): boolean {
  return isBroken(schema, value, { root: schema, looks: mostLooks }, 0);
}

interface Search {
  readonly root: JsonObject;
  looks: number;
}

function isBroken(schema: unknown, value: unknown, search: Search, depth: number): boolean {
  search.looks -= 1;
  if (schema === false) return true;
  if (!isJsonObject(schema) || search.looks < 0 || depth > mostDepth) return false;
  const breaks = (part: unknown, inside: unknown): boolean => isBroken(part, inside, search, depth + 1);
  const { type, enum: values, const: only, $ref: ref, anyOf, oneOf, allOf } = schema;
  if (type !== undefined && !(isList(type) ? type : [type]).some((name) => isOfType(value, name))) return true;
  if (isList(values) && isScalar(value) && !values.includes(value)) return true;
  if (only !== undefined && isScalar(value) && value !== only) return true;
  if (typeof ref === 'string' && breaks(target(search.root, ref), value)) return true;
  if (isList(allOf) && allOf.some((part) => breaks(part, value))) return true;
  for (const choice of [anyOf, oneOf]) if (isList(choice) && choice.length > 0 && choice.every((part) => breaks(part, value))) return true;
  if (typeof value === 'number') return exceeds(schema['minimum'], value) || exceeds(value, schema['maximum']);
  if (isJsonObject(value)) return breaksObject(schema, value, breaks);
  const { items } = schema;
  return isList(value) && isJsonObject(items) && value.some((item) => breaks(items, item));
}

function breaksObject(schema: JsonObject, value: JsonObject, breaks: (part: unknown, inside: unknown) => boolean): boolean {
  const { required, properties, additionalProperties, patternProperties } = schema;
  if (isList(required) && required.some((name) => typeof name === 'string' && !Object.hasOwn(value, name))) return true;
  const known = isJsonObject(properties) ? properties : {};
  return Object.entries(value).some(([name, inside]) => {
    if (Object.hasOwn(known, name)) return breaks(known[name], inside);
    return patternProperties === undefined && additionalProperties !== undefined && breaks(additionalProperties, inside);
  });
}

function exceeds(value: unknown, limit: unknown): boolean {
  return typeof value === 'number' && typeof limit === 'number' && value > limit;
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'object':
      return isJsonObject(value);
    case 'array':
      return isList(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'null':
      return value === null;
    default:
      return true;
  }
}

/** What a local reference leads to; `true`, which any value keeps, where it leads nowhere. */
function target(root: JsonObject, ref: string): unknown {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return true;
  let here: unknown = root;
  for (const step of ref.slice(2).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isJsonObject(here) || !Object.hasOwn(here, name)) return true;
    here = here[name];
  }
  return here;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Like Array.isArray, which would make the elements `any`. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
