/** Headers that a script adds. */
import { kindOf, MockScriptError } from './script-error.ts';

/** Throws a `MockScriptError` for what HTTP cannot carry. */
export function checkHeader(place: string, name: unknown, value: unknown): void {
  if (typeof name !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    throw new MockScriptError(place, `${JSON.stringify(name)} is not a header name.`);
  if (typeof value !== 'string') throw new MockScriptError(place, `the value of ${name} must be a string, not ${kindOf(value)}.`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) throw new MockScriptError(place, `the value of ${name} cannot be sent in a header.`);
}
