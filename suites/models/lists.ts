/** Reading models lists without trusting them. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { isApiVersion } from '../../spec/index.ts';
import { type Kind, modelLists } from '../model/kinds.ts';
import { at, isList } from '../reading.ts';

/** Lists that were asked for as this API's: servers of several APIs have one path for them, and look at the version header. */
export const listsAsked: Kind = {
  name: 'models lists',
  matches: (evidence) => modelLists.matches(evidence) && isApiVersion(evidence.request.header('anthropic-version')),
};

/** The same, and those that were too long to be read to their end. */
export const listsOfAnyLength: Kind = {
  name: 'models lists',
  matches: (evidence) => {
    const { endpoint, status = 0, ended, request } = evidence;
    const isCut = endpoint === 'models' && status >= 200 && status < 300 && ended === 'limit-by-us';
    return listsAsked.matches(evidence) || (isCut && isApiVersion(request.header('anthropic-version')));
  },
};

/** The entries of a page; what is no object is left out. */
export function entriesOf(page: unknown): readonly JsonObject[] {
  const data = at(page, 'data');
  return isList(data) ? data.filter(isJsonObject) : [];
}

/** The ids of a page, in order. */
export function idsOf(page: unknown): readonly unknown[] {
  return entriesOf(page).map(({ id }) => id);
}

/** The ids that can be asked for: texts that are not empty, and that a URL can hold. */
export function listedModels(page: unknown): readonly string[] {
  return idsOf(page).flatMap((id) => (typeof id === 'string' && id !== '' && id.isWellFormed() ? [id] : []));
}
