/** Where two JSON values differ, as a reader of a failed replay wants to see it. */
import { pointerTo } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { redacted } from './redact.ts';

export interface Difference {
  /** JSON Pointer. */
  readonly at: string;
  /** What was recorded; undefined where there was nothing. */
  readonly expected: unknown;
  /** What was asked now; undefined where there is nothing. */
  readonly found: unknown;
}

/** All differences, in the order of the recording. A `[redacted]` in what was expected stands for any text. */
export function differences(expected: unknown, found: unknown, at = ''): readonly Difference[] {
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = Math.max(expected.length, found.length);
    return Array.from({ length }, (_, index) => differences(expected[index], found[index], pointerTo(at, index))).flat();
  }
  if (isJsonObject(expected) && isJsonObject(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names].flatMap((name) => differences(own(expected, name), own(found, name), pointerTo(at, name)));
  }
  return isSame(expected, found) ? [] : [{ at, expected, found }];
}

/** `/messages/0/content: expected "Hello", found "Hallo"`. Long texts are shown where they part. */
export function describeDifference({ at, expected, found }: Difference): string {
  const start = typeof expected === 'string' && typeof found === 'string' ? Math.max(0, firstDifference(expected, found) - 20) : 0;
  return `${at === '' ? 'the body' : at}: expected ${shown(expected, start)}, found ${shown(found, start)}`;
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isSame(expected: unknown, found: unknown): boolean {
  if (typeof expected !== 'string' || !expected.includes(redacted)) return expected === found;
  return typeof found === 'string' && fits(expected.split(redacted), found);
}

/** Whether the text is made of the parts in their order, with anything in between. */
function fits(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let position = first.length;
  for (const part of rest.slice(0, -1)) {
    const index = text.indexOf(part, position);
    if (index < 0) return false;
    position = index + part.length;
  }
  return position <= text.length - last.length;
}

const shownLength = 80;

function shown(value: unknown, start: number): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'string') return shortened(JSON.stringify(value));
  const from = value.length <= shownLength ? 0 : start;
  return `${from > 0 ? '…' : ''}${shortened(JSON.stringify(value.slice(from, from + shownLength)))}${value.length > from + shownLength ? '…' : ''}`;
}

function shortened(text: string): string {
  return text.length > 2 * shownLength ? `${text.slice(0, 2 * shownLength)}…` : text;
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}
