/** Any key is a key, but there must be one: https://platform.claude.com/docs/en/api/overview#authentication */
import type { EndpointRequest } from '../endpoint/index.ts';

/** Whether the request carries something in `x-api-key` or as a Bearer token. */
export function hasKey(headers: EndpointRequest['headers']): boolean {
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === 'x-api-key' && value.trim() !== '') return true;
    if (key === 'authorization' && /^\s*bearer +\S/i.test(value)) return true;
  }
  return false;
}
