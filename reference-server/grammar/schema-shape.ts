/** Reads a JSON Schema as plain data: its keywords, and where its local references lead. */

/** A schema object. Its keywords are unknown until looked at. */
export type Schema = Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema that a local reference such as `#/$defs/node` points to; undefined for what is not local or not there. */
export function resolveReference(root: Schema, reference: string): Schema | boolean | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let found: unknown = root;
  for (const part of reference.split('/').slice(1)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isSchema(found) && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return isSchema(found) || typeof found === 'boolean' ? found : undefined;
}

export function requiredNames(schema: Schema): string[] {
  return list(schema['required']).filter((name) => typeof name === 'string');
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function numeric(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A number of characters, items or members. */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** The highest of the least numbers that several schemas ask for. */
export function mostDemanding(schemas: readonly Schema[], keyword: string): number {
  return Math.max(0, ...schemas.map((schema) => count(schema[keyword]) ?? 0));
}

/** The lowest of the most that several schemas allow. */
export function leastGenerous(schemas: readonly Schema[], keyword: string): number | undefined {
  const bounds = schemas.map((schema) => count(schema[keyword])).filter((bound) => bound !== undefined);
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
