/** `expect.any(String)`, `expect.stringContaining('x')` and the like inside of a matcher, as the functions that `when` understands. */
import { isJsonObject } from '../../spec/json.ts';
import { isFields } from '../script/script-error.ts';
import type { MatchFields, RequestMatcher } from '../script/matcher.ts';

interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

/** The same matcher, asking the asymmetric ones at any depth. */
export function withoutAsymmetric(matcher: RequestMatcher): RequestMatcher {
  // What is no matcher is for `checkMatcher` to refuse, as it was written.
  if (typeof matcher === 'function' || !isFields(matcher)) return matcher;
  const fields: MatchFields = Object.fromEntries(
    Object.entries(matcher).map(([name, value]: [string, unknown]) => [name, replaced(value)]),
  );
  return fields;
}

function replaced(value: unknown): unknown {
  if (isAsymmetric(value)) return (found: unknown) => value.asymmetricMatch(found);
  if (Array.isArray(value)) return value.map(replaced);
  if (!isJsonObject(value) || value instanceof RegExp) return value;
  return Object.fromEntries(Object.entries(value).map(([name, nested]) => [name, replaced(nested)]));
}

function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value && typeof value.asymmetricMatch === 'function';
}
