/** What a script says as JSON must be JSON already: on its way it would change silently, or fail only when it is asked for. */
import { isJsonObject } from '../../spec/json.ts';
import { className, isPlain, kindOf, MockScriptError, placeIn } from './script-error.ts';

/** Deeper values would exhaust the stack of whoever walks them. */
const deepest = 1000;

/** `JSON.stringify` drops functions, turns NaN into null and a Date into a string: none of that is what the script says. */
export function requireJson(place: string, value: unknown): void {
  refuseNonJson(place, value, new Set());
}

function refuseNonJson(place: string, value: unknown, parents: Set<unknown>): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value === undefined) return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new MockScriptError(place, `must be JSON, and ${value} is not.`);
    return;
  }
  if (parents.has(value)) throw new MockScriptError(place, 'must be JSON, and this refers to itself.');
  if (!Array.isArray(value) && !(isJsonObject(value) && isPlain(value))) {
    throw new MockScriptError(place, `must be JSON, and ${typeof value === 'object' ? className(value) : kindOf(value)} is not.`);
  }
  if (parents.size === deepest) throw new MockScriptError(place, `must not nest deeper than ${deepest} levels.`);
  parents.add(value);
  for (const [key, nested] of Object.entries(value)) refuseNonJson(placeIn(place, key), nested, parents);
  parents.delete(value);
}
