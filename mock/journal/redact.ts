/** Headers as a journal may keep them. */

import { isSecretName, redacted } from '../secret-names.ts';

/** By lower-case name, keys and cookies replaced, repeated ones joined by comma. */
export function redactedHeaders(headers: Iterable<readonly [name: string, value: string]>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (isSecretName(key)) kept[key] = redacted;
    else kept[key] = Object.hasOwn(kept, key) ? `${kept[key]}, ${value}` : value;
  }
  return kept;
}
