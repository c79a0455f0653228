/** Headers that a script adds. */
import { clipped, show } from '../show.ts';
import { kindOf, MockScriptError } from './script-error.ts';

/** Throws a `MockScriptError` for what HTTP cannot carry. */
export function checkHeader(place: string, name: unknown, value: unknown): void {
  if (!isHeaderName(name)) throw new MockScriptError(place, `${show(name)} is not a header name.`);
  if (typeof value !== 'string') throw new MockScriptError(place, `the value of ${clipped(name)} must be a string, not ${kindOf(value)}.`);
  if (!isHeaderValue(value)) throw new MockScriptError(place, `the value of ${clipped(name)} cannot be sent in a header.`);
}

/** RFC 9110 section 5.6.2. */
export function isHeaderName(name: unknown): name is string {
  return typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

/** RFC 9110 section 5.5. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
