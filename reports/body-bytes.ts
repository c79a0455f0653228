/** The bytes of a recorded body. */
import type { Body } from '../spec/record/index.ts';

/** Undefined where the record does not have it whole. */
export function bodyBytes(body: Body): Buffer | undefined {
  if (body.kind === 'cut') return undefined;
  return body.kind === 'text' ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
}
