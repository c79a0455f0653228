/** Where a value is not as it should be: as a pattern says in part, or as a recording says in whole. One comparison for rules, matchers and replays. */
import { isJsonObject } from '../spec/json.ts';
import { redacted } from './secret-names.ts';
import { showBoth } from './show.ts';

/** A pattern for a value: every field is optional, a text may be a regular expression, and anything a test. */
export type Pattern<T> =
  | (T extends string
      ? T | RegExp
      : T extends readonly (infer Element)[]
        ? readonly Pattern<Element>[]
        : T extends object
          ? { readonly [Key in keyof T]?: Pattern<T[Key]> | undefined }
          : T)
  | ((value: unknown) => boolean);

/** A place where a value is not as the pattern says; all three are for people. */
export interface Difference {
  /** Dotted: `tools.0.name`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** A place where two values differ; undefined stands for what is not there. */
export interface Deviation {
  readonly steps: readonly (string | number)[];
  readonly expected: unknown;
  readonly found: unknown;
}

type Steps = Deviation['steps'];
type Deviations = Generator<Deviation, void>;

/**
 * The first difference; undefined where the value fits. Objects may have more fields than the pattern, arrays more elements: those of the
 * pattern must be there, in its order. A field that the pattern gives as undefined must be absent.
 */
export function findDifference(pattern: unknown, value: unknown, path: string): Difference | undefined {
  const { value: first } = inPart(pattern, value, path === '' ? [] : [path]).next();
  return first === undefined ? undefined : { path: first.steps.join('.'), ...showBoth(first.expected, first.found) };
}

/** All places where two JSON values differ, in the order of what was expected, of which a `[redacted]` stands for any text. */
export function deviations(expected: unknown, found: unknown): readonly Deviation[] {
  return [...inWhole(expected, found, [])];
}

function* inPart(pattern: unknown, value: unknown, steps: Steps): Deviations {
  if (Array.isArray(pattern) && Array.isArray(value)) yield* missingElement(pattern, value, steps);
  else if (isFields(pattern) && isJsonObject(value)) {
    for (const [key, nested] of Object.entries(pattern)) yield* inPart(nested, own(value, key), [...steps, key]);
  } else if (!passes(pattern, value)) yield { steps, expected: pattern, found: value };
}

function* missingElement(patterns: readonly unknown[], values: readonly unknown[], steps: Steps): Deviations {
  let at = 0;
  for (const [index, pattern] of patterns.entries()) {
    const place = values.findIndex((value, position) => position >= at && inPart(pattern, value, steps).next().done === true);
    if (place >= 0) {
      at = place + 1;
      continue;
    }
    // With one candidate left, the reason why it does not fit says more than both of them whole.
    if (values.length - at === 1) yield* inPart(pattern, values[at], [...steps, at]);
    else yield { steps: [...steps, index], expected: pattern, found: at < values.length ? values.slice(at) : undefined };
    return;
  }
}

function* inWhole(expected: unknown, found: unknown, steps: Steps): Deviations {
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = Math.max(expected.length, found.length);
    for (let index = 0; index < length; index += 1) yield* inWhole(expected[index], found[index], [...steps, index]);
  } else if (isJsonObject(expected) && isJsonObject(found)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(found)]))
      yield* inWhole(own(expected, name), own(found, name), [...steps, name]);
  } else if (!isSame(expected, found)) yield { steps, expected, found };
}

function passes(pattern: unknown, value: unknown): boolean {
  if (pattern instanceof RegExp) return typeof value === 'string' && value.search(pattern) >= 0;
  return typeof pattern === 'function' ? pattern(value) === true : Object.is(pattern, value);
}

function isFields(pattern: unknown): pattern is Readonly<Record<string, unknown>> {
  return isJsonObject(pattern) && !(pattern instanceof RegExp);
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isSame(expected: unknown, found: unknown): boolean {
  if (typeof expected !== 'string' || !expected.includes(redacted)) return expected === found;
  return typeof found === 'string' && consistsOf(expected.split(redacted), found);
}

/** Whether the text is made of the parts in their order, with anything in between. */
function consistsOf(parts: readonly string[], text: string): boolean {
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
