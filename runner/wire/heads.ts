/** Heads of requests and responses, byte for byte as Latin-1. https://www.rfc-editor.org/rfc/rfc9112#section-3 */
import type { RawHeader } from '../../spec/record/index.ts';
import { asText } from '../../spec/as-text.ts';

/** Headers of a request's head as it was written. */
export function headersOf(head: string): readonly RawHeader[] {
  return head
    .split('\r\n')
    .slice(1)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')] as const;
    });
}

/** Reason phrase of the response that begins `head`. Not undici's: it keeps only the last part of one that arrives in two reads. */
export function statusTextOf(head: Buffer): string {
  const end = head.indexOf('\n');
  const line = head.toString('latin1', 0, end === -1 ? head.length : end);
  return line.replace(/^\S+ +\d+ ?/, '').replace(/\r$/, '');
}

/** undici's raw headers: alternating names and values, which it types as anything. Blanks around a value are no part of it; undici leaves those behind. */
export function rawHeadersOf(raw: unknown): readonly RawHeader[] {
  const parts = Array.isArray(raw) ? raw.map((part: unknown) => (part instanceof Buffer ? part.toString('latin1') : asText(part))) : [];
  return Array.from(
    { length: Math.floor(parts.length / 2) },
    (_, index) => [parts[2 * index] ?? '', (parts[2 * index + 1] ?? '').replace(/[ \t]+$/, '')] as const,
  );
}
