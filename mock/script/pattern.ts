/** Partial deep comparison of a value with a pattern: the first place where they differ. */
import { isJsonObject } from '../../spec/json.ts';
import { show } from './show.ts';

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

/**
 * The first difference; undefined where the value fits. Objects may have more fields than the pattern, arrays more elements: those of the
 * pattern must be there, in its order. A field that the pattern gives as undefined must be absent.
 */
export function findDifference(pattern: unknown, value: unknown, path: string): Difference | undefined {
  if (pattern instanceof RegExp) {
    if (typeof value === 'string' && value.search(pattern) >= 0) return undefined;
  } else if (typeof pattern === 'function') {
    if (pattern(value) === true) return undefined;
  } else if (Array.isArray(pattern)) {
    if (Array.isArray(value)) return missingElement(pattern, value, path);
  } else if (isJsonObject(pattern)) {
    if (isJsonObject(value))
      return firstOf(Object.entries(pattern), ([key, nested]) => findDifference(nested, value[key], `${path}.${key}`));
  } else if (Object.is(pattern, value)) return undefined;
  return { path, expected: show(pattern), found: show(value) };
}

function missingElement(patterns: readonly unknown[], values: readonly unknown[], path: string): Difference | undefined {
  let at = 0;
  for (const [index, pattern] of patterns.entries()) {
    const found = values.findIndex((value, position) => position >= at && findDifference(pattern, value, '') === undefined);
    if (found < 0) {
      // With one candidate left, the reason why it does not fit says more than both of them whole.
      const only = values.length - at === 1 ? findDifference(pattern, values[at], `${path}.${at}`) : undefined;
      return only ?? { path: `${path}.${index}`, expected: show(pattern), found: at < values.length ? show(values.slice(at)) : 'nothing' };
    }
    at = found + 1;
  }
  return undefined;
}

function firstOf<T>(items: readonly T[], find: (item: T) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const difference = find(item);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
