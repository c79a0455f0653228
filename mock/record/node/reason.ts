/** Why something failed, as the rest of a sentence: `no such file or directory`. */
import { getSystemErrorMessage } from 'node:util';

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const words = 'errno' in error && typeof error.errno === 'number' ? getSystemErrorMessage(error.errno) : undefined;
  // Of several lines the first says what, the others where.
  return words ?? (error.message.split('\n')[0] ?? '').replace(/\.$/, '');
}
