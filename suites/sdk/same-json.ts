/** Whether two JSON values are the same: the order of fields aside, and a field that is null like one that is absent. */
import { isJsonObject } from '../../spec/json.ts';
import { isList } from '../reading.ts';

export function isSameJson(a: unknown, b: unknown): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, n) => isSameJson(item, b[n]));
  if (isJsonObject(a) && isJsonObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSameJson(a[key] ?? null, b[key] ?? null));
  }
  return a === b;
}
