/** A script that cannot be valid. Thrown where it is written, so that the stack points at the line that is wrong. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { show } from '../show.ts';
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
  throw new MockScriptError(
    place,
    `must be a number of at least ${minimum}, not ${typeof value === 'object' ? kindOf(value) : show(value)}.`,
  );
}

/** Throws unless the value is a whole number of at least `minimum`. */
export function requireWhole(place: string, value: unknown, minimum: number): void {
  requireNumber(place, value, minimum);
  if (!Number.isSafeInteger(value)) throw new MockScriptError(place, `must be a whole number, not ${show(value)}.`);
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

/** The names that `placeIn` has put behind the word that the place begins with. */
export function namesIn(place: string): readonly string[] {
  return [...place.matchAll(/\.([\w$]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(([, name, index, quotedName]) =>
    quotedName === undefined ? (name ?? index ?? '') : String(JSON.parse(quotedName)),
  );
}

/** Throws for what is no object that holds something by name: `{}` is one, a Map, a promise and `new Headers()` are none. */
export function requireFields(place: string, value: unknown): asserts value is JsonObject {
  if (!isFields(value)) throw new MockScriptError(place, `must be an object, not ${kindOf(value)}.`);
}

/** Whether it is an object as a literal makes it, or another that has fields of its own, as an instance of a class may. */
export function isFields(value: unknown): value is JsonObject {
  return isJsonObject(value) && (isPlain(value) || Object.keys(value).length > 0);
}

/** As a literal makes it, also in another realm: what Jest's tests are given by Node comes from one. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A field of what is at that place, as JavaScript has it: `when().model`, `when().tools[0]`, `when()["a.b"]`. */
export function placeIn(place: string, name: string): string {
  if (/^\d+$/.test(name)) return `${place}[${name}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${place}.${name}` : `${place}[${JSON.stringify(name)}]`;
}

/** Throws unless the value is an object with no other keys than these. A record of them, so that the compiler holds it against the type. */
export function requireKeys<Key extends string>(
  place: string,
  value: unknown,
  known: Readonly<Record<Key, unknown>>,
): asserts value is { readonly [Name in Key]?: unknown } {
  requireFields(place, value);
  const names = Object.keys(known);
  const stray = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (stray !== undefined)
    throw new MockScriptError(placeIn(place, stray), `is unknown; known are ${names.join(', ')}.${hintFor(stray, names)}`);
}

/** ` Did you mean "jitter"?`; empty where nothing is near. */
export function hintFor(value: unknown, known: readonly string[]): string {
  const nearest = typeof value === 'string' ? nearestName(value, known) : undefined;
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  return isFields(value) ? 'an object' : withArticle(className(value));
}

/** `Map`, `Date`. */
export function className(value: object): string {
  const made: unknown = value.constructor;
  return typeof made === 'function' && made.name !== '' ? made.name : 'Object';
}

function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? show(value) : kindOf(value);
}
