/** Headers as a journal may keep them. */

const secrets = new Set(['x-api-key', 'authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** By lower-case name, keys and cookies replaced, repeated ones joined by comma. */
export function redactedHeaders(headers: Iterable<readonly [name: string, value: string]>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (secrets.has(key)) kept[key] = '[redacted]';
    else kept[key] = Object.hasOwn(kept, key) ? `${kept[key]}, ${value}` : value;
  }
  return kept;
}
