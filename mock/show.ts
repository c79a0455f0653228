/** Values in messages for people: short, on one line, with regular expressions as they are written. */

/** How much of a value is shown. */
const longest = 100;

/** What of a text is shown before the place where it parts from another. */
const before = 20;

/** As it would be written in a script; undefined is `nothing`. */
export function show(value: unknown): string {
  return clipped(write(value));
}

/** Two values that differ. Of long texts, the part where they do. */
export function showBoth(expected: unknown, found: unknown): { readonly expected: string; readonly found: string } {
  if (typeof expected !== 'string' || typeof found !== 'string') return { expected: show(expected), found: show(found) };
  const start = Math.max(0, firstDifference(expected, found) - before);
  return { expected: excerpt(expected, start), found: excerpt(found, start) };
}

function write(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return '(a function)';
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  const fields = Object.entries(value).map(([key, nested]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${write(nested)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** Text that is cut has its marks outside of the quotes. */
function excerpt(text: string, start: number): string {
  if (text.length <= longest) return JSON.stringify(text);
  const piece = text.slice(start, start + longest).toWellFormed();
  return `${start > 0 ? '…' : ''}${JSON.stringify(piece)}${text.length > start + longest ? '…' : ''}`;
}

function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}
