/** One change at one JSON Pointer of a request body: a value put there, or what was there removed. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { isList } from '../reading.ts';

export type Change = { readonly pointer: string; readonly value: unknown } | { readonly pointer: string; readonly remove: true };

/** A copy of `body` with that change. @throws RangeError where the pointer leads nowhere, which is a mistake in the table. */
export function changed(body: JsonObject, change: Change): JsonObject {
  const [, ...path] = change.pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const result = at(body, path, change);
  if (!isJsonObject(result)) throw new RangeError(`${change.pointer} replaces the whole body`);
  return result;
}

function at(value: unknown, [step, ...rest]: readonly string[], change: Change): unknown {
  if (step === undefined) return 'value' in change ? change.value : undefined;
  if (isList(value)) {
    const index = Number(step);
    if (!(index in value)) throw new RangeError(`${change.pointer} leads to no entry`);
    if (rest.length === 0 && 'remove' in change) return value.filter((_, position) => position !== index);
    return value.map((entry, position) => (position === index ? at(entry, rest, change) : entry));
  }
  if (!isJsonObject(value)) throw new RangeError(`${change.pointer} leads through no object`);
  if (rest.length === 0 && 'remove' in change) {
    if (!(step in value)) throw new RangeError(`${change.pointer} removes nothing`);
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  }
  return { ...value, [step]: at(value[step], rest, change) };
}
