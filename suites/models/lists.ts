/** Reading models lists without trusting them. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { at, isList } from '../reading.ts';

/** The entries of a page; what is no object is left out. */
export function entriesOf(page: unknown): readonly JsonObject[] {
  const data = at(page, 'data');
  return isList(data) ? data.filter(isJsonObject) : [];
}

/** The ids of a page, in order. */
export function idsOf(page: unknown): readonly unknown[] {
  return entriesOf(page).map(({ id }) => id);
}
