/** Values in messages for people: short, on one line, with regular expressions as they are written. */

import { asText } from '../spec/as-text.ts';

/** How much of a value is shown. */
const longest = 100;

/** What of a text is shown before the place where it parts from another. */
const before = 20;

/** As it would be written in a script; undefined is `nothing`. Never throws, and reads no more of the value than is shown. */
export function show(value: unknown): string {
  let text = '';
  for (const piece of written(value)) {
    text += piece;
    if (text.length > longest) break;
  }
  return clipped(text);
}

/** Two values that differ. Of long texts, the part where they do. */
export function showBoth(expected: unknown, found: unknown): { readonly expected: string; readonly found: string } {
  if (typeof expected !== 'string' || typeof found !== 'string') return { expected: show(expected), found: show(found) };
  const start = Math.max(0, firstDifference(expected, found) - before);
  return { expected: excerpt(expected, start), found: excerpt(found, start) };
}

/** Piece by piece: what is too long, too deep or a circle is left where the reader has enough. */
function* written(value: unknown): Generator<string, void> {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) yield writtenOne(value);
  else if (Array.isArray(value)) {
    yield '[';
    for (const [index, item] of value.entries()) {
      if (index > 0) yield ', ';
      yield* written(item);
    }
    yield ']';
  } else {
    const fields = Object.entries(value);
    yield fields.length === 0 ? '{' : '{ ';
    for (const [index, [key, nested]] of fields.entries()) {
      yield `${index > 0 ? ', ' : ''}${/^\w+$/.test(key) ? key : JSON.stringify(key)}: `;
      yield* written(nested);
    }
    yield fields.length === 0 ? '}' : ' }';
  }
}

function writtenOne(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return '(a function)';
  return typeof value === 'string' ? JSON.stringify(value) : asText(value);
}

/** Text that is cut has its marks outside of the quotes. */
function excerpt(text: string, start: number): string {
  if (text.length <= longest) return JSON.stringify(text);
  const piece = text.slice(start, start + longest).toWellFormed();
  return `${start > 0 ? '…' : ''}${JSON.stringify(piece)}${text.length > start + longest ? '…' : ''}`;
}

/** The beginning of a text that is long. */
export function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}
