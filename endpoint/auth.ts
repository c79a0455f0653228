/** Who may ask: `x-api-key` or `Authorization: Bearer`. New SDKs send a key only as Bearer, Claude Code may send both with different values. */
import { ApiError } from './errors.ts';
import type { HeaderMap } from './request.ts';

/** Throws a 401 unless the request carries one of the keys. No keys at all means that everybody may ask. */
export function authenticate(headers: HeaderMap, apiKeys: readonly string[]): void {
  if (apiKeys.length === 0) return;
  const offered = offeredKeys(headers);
  if (offered.length === 0) {
    throw new ApiError('authentication_error', 'No key: send x-api-key or Authorization: Bearer.');
  }
  if (!offered.some((key) => isOneOf(key, apiKeys))) throw new ApiError('authentication_error', 'The key is not valid.');
}

function offeredKeys(headers: HeaderMap): readonly string[] {
  const bearer = /^bearer +(.*)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1];
  return [headers.get('x-api-key'), bearer].filter((key): key is string => key !== undefined && key !== '');
}

/** Every key is compared to its end, so that the time taken does not tell how much of a guess was right. */
function isOneOf(offered: string, keys: readonly string[]): boolean {
  let found = false;
  for (const key of keys) if (equalsInConstantTime(offered, key)) found = true;
  return found;
}

function equalsInConstantTime(offered: string, key: string): boolean {
  let difference = offered.length ^ key.length;
  for (let i = 0; i < offered.length; i += 1) difference |= offered.charCodeAt(i) ^ key.charCodeAt(key.length === 0 ? 0 : i % key.length);
  return difference === 0;
}
