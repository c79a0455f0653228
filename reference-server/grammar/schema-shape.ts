/** Reads a JSON Schema as plain data: local references, and several schemas that must all hold folded into one. */

/** A schema object. Its keywords are unknown until looked at. */
export type Schema = Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part of `root` that a local reference such as `#/$defs/node` points to; undefined for what is not local or not there. */
export function resolveReference(root: Schema, reference: string): Schema | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let found: unknown = root;
  for (const part of reference.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isSchema(found) && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return isSchema(found) ? found : undefined;
}

/** `schema` without `keyword`, with what `more` adds: properties and required names add up, other keywords of `more` win. */
export function withMore(schema: Schema, keyword: string, more: Schema): Schema {
  const { [keyword]: _dropped, ...base } = schema;
  const merged: Record<string, unknown> = { ...base, ...more };
  if (isSchema(base.properties) && isSchema(more.properties)) merged.properties = { ...base.properties, ...more.properties };
  const required = [...requiredNames(base), ...requiredNames(more)];
  if (required.length > 0) merged.required = [...new Set(required)];
  return merged;
}

export function requiredNames(schema: Schema): string[] {
  return Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : [];
}
