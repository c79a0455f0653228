/** Which parts of a request are credentials, so that neither they nor an echo of them is recorded. */
import type { RawHeader } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { isSecretField, isSecretName } from '../secret-names.ts';

/** What may stand before a credential in a header and is none itself. */
const scheme = /^(?:bearer|basic|digest|token) +/i;

/** Response headers that say whose account it was. */
export function isSecretResponseHeader(name: string): boolean {
  return /cookie|authoriz|secret|api-key|organization/i.test(name);
}

/** What of a request must not be found in anything that is recorded. */
export function secretsIn(headers: Iterable<RawHeader>, query: URLSearchParams, body: unknown): readonly string[] {
  const values = [...headers, ...query].flatMap(([name, value]) => (isSecretName(name) ? credentialsOf(name, value) : []));
  return [...values, ...secretFieldsIn(body)];
}

function credentialsOf(name: string, value: string): readonly string[] {
  const bare = value.replace(scheme, '').trim();
  if (/cookie/i.test(name)) return [bare, ...bare.split(/; */).map((cookie) => cookie.slice(cookie.indexOf('=') + 1))];
  return /^basic /i.test(value) ? [bare, ...basicParts(bare)] : [bare];
}

function basicParts(encoded: string): readonly string[] {
  try {
    const decoded = atob(encoded);
    return [decoded, decoded.slice(decoded.indexOf(':') + 1)];
  } catch {
    return [];
  }
}

function secretFieldsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(secretFieldsIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    typeof item === 'string' && isSecretField(name) ? [item.replace(scheme, '')] : secretFieldsIn(item),
  );
}
