/** A script that cannot be valid. Thrown where it is written, so that the stack points at the line that is wrong. */
import { isJsonObject } from '../../spec/json.ts';
import { asText } from '../../spec/as-text.ts';
import { nearestName } from './nearest.ts';

export class MockScriptError extends Error {
  override readonly name = 'MockScriptError';
  /** Where in the script: `useTool().input`, `pace().jitter`. */
  readonly place: string;

  constructor(place: string, problem: string, options?: ErrorOptions) {
    super(`${place}: ${problem}`, options);
    this.place = place;
  }
}

/** Throws unless the value is a finite number of at least `minimum`. */
export function requireNumber(place: string, value: unknown, minimum: number): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= minimum) return;
  throw new MockScriptError(place, `must be a number of at least ${minimum}, not ${asText(value)}.`);
}

/** Throws unless the value is a whole number of at least `minimum`. */
export function requireWhole(place: string, value: unknown, minimum: number): void {
  requireNumber(place, value, minimum);
  if (!Number.isSafeInteger(value)) throw new MockScriptError(place, `must be a whole number, not ${asText(value)}.`);
}

/** Throws unless the value is a text with something in it. */
export function requireText(place: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new MockScriptError(place, `must be a string, not ${kindOf(value)}.`);
  if (value === '') throw new MockScriptError(place, 'must not be empty.');
}

export function requireBoolean(place: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new MockScriptError(place, `must be true or false, not ${quoted(value)}.`);
}

export function requireFunction(place: string, value: unknown): void {
  if (typeof value !== 'function') throw new MockScriptError(place, `must be a function, not ${kindOf(value)}.`);
}

/** Throws unless the value is one of those. */
export function requireOneOf(place: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && known.includes(value)) return;
  throw new MockScriptError(place, `must be ${known.map((one) => `"${one}"`).join(' or ')}, not ${quoted(value)}.${hintFor(value, known)}`);
}

/** Throws unless the value is an object with no other keys than these. A record of them, so that the compiler holds it against the type. */
export function requireKeys<Key extends string>(
  place: string,
  value: unknown,
  known: Readonly<Record<Key, unknown>>,
): asserts value is { readonly [Name in Key]?: unknown } {
  if (!isJsonObject(value)) throw new MockScriptError(place, `must be an object, not ${kindOf(value)}.`);
  const names = Object.keys(known);
  const stray = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (stray !== undefined)
    throw new MockScriptError(`${place}.${stray}`, `is unknown; known are ${names.join(', ')}.${hintFor(stray, names)}`);
}

/** ` Did you mean "jitter"?`; empty where nothing is near. */
export function hintFor(value: unknown, known: readonly string[]): string {
  const nearest = typeof value === 'string' ? nearestName(value, known) : undefined;
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  return Array.isArray(value) ? 'an array' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : kindOf(value);
}
