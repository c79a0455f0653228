/** Bodies as the record keeps them: text where UTF-8 round-trips, else base64, and of a long one its two ends, its length and its hash. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Body } from '../../spec/record/index.ts';

/** Longest body that is kept whole, bytes. */
export const longestWhole: number = 1024 * 1024;
/** Bytes kept of each end of a longer one. */
export const keptAtEachEnd: number = 64 * 1024;

/** The record's form of a body. `bytes` must be redacted already: the hash is of what it gets. */
export function bodyOf(bytes: Uint8Array): Body {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (body.length > longestWhole) {
    return {
      kind: 'cut',
      head: body.toString('utf8', 0, keptAtEachEnd),
      tail: body.toString('utf8', body.length - keptAtEachEnd),
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    };
  }
  return isUtf8(body) ? { kind: 'text', text: body.toString() } : { kind: 'base64', base64: body.toString('base64'), bytes: body.length };
}

/** The bytes of a recorded body; of a cut one, its head. */
export function bytesOf(body: Body): Uint8Array {
  if (body.kind === 'base64') return Buffer.from(body.base64, 'base64');
  return Buffer.from(body.kind === 'text' ? body.text : body.head);
}
