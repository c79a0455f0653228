/** Why something failed, as the rest of a sentence: `no such file or directory`. */
import { getSystemErrorMessage } from 'node:util';
import { asText } from '../../../spec/as-text.ts';

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return asText(error);
  const words = 'errno' in error && typeof error.errno === 'number' ? getSystemErrorMessage(error.errno) : undefined;
  // Of several lines the first says what, the others where.
  return words ?? (error.message.split('\n')[0] ?? '').replace(/\.$/, '');
}
