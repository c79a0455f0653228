/** The part of an answer that an issue quotes: its beginning, and the lines around the fault. */
import { safeText } from '../terminal/safe-text.ts';

/** Lines quoted of an answer that is longer. */
const start = 8;
const before = 12;
const after = 12;

/** @param offset byte at which the fault is; without one, the beginning is all there is to show. */
export function excerpt(text: string, offset: number = 0): readonly string[] {
  const lines = text.split('\n');
  const fault = lineAt(lines, offset);
  const wanted = (index: number): boolean => index < start || (index >= fault - before && index <= fault + after);
  const quoted: string[] = [];
  let isCut = false;
  for (const [index, line] of lines.entries()) {
    if (wanted(index)) quoted.push(safeText(line.replace(/\r$/, '')));
    else if (!isCut) quoted.push('...');
    isCut = !wanted(index);
  }
  return quoted;
}

/** Number of the line that a byte of the whole text stands in. */
function lineAt(lines: readonly string[], offset: number): number {
  let end = 0;
  for (const [index, line] of lines.entries()) {
    end += Buffer.byteLength(line) + 1;
    if (offset < end) return index;
  }
  return lines.length - 1;
}
