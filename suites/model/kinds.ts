/**
 * The kinds of exchange that general checks judge. Rules on meaning and on the shape of Messages see no invalid requests and only complete
 * exchanges; of a refused request only status and envelope are judged; what we cut ourselves is never judged for its end.
 */
import type { Evidence } from './evidence.ts';

export interface Kind {
  readonly name: string;
  readonly matches: (evidence: Evidence) => boolean;
}

const isOk = ({ status }: Evidence): boolean => status !== undefined && status >= 200 && status < 300;
const isOwn = ({ endpoint, preflight }: Evidence): boolean => endpoint !== 'other' && !preflight;
const isComplete = ({ ended }: Evidence): boolean => ended === 'complete';
/** What Claude Code sends has beta fields, and so is never known to be valid; a server that took them answers in the form of a Message all the same. */
const isSound = ({ request }: Evidence): boolean => request.validity !== 'invalid';

/** Every response with a head, also of preflight and discovery. */
export const responses: Kind = { name: 'responses', matches: ({ status }) => status !== undefined };

/** Every response that is not 2xx, complete, from any route. */
export const refusals: Kind = { name: 'error responses', matches: (e) => isComplete(e) && (e.status ?? 0) >= 400 };

/** Complete non-streaming answers to `POST /v1/messages` that was not invalid. */
export const jsonMessages: Kind = {
  name: 'messages without stream',
  matches: (e) => e.endpoint === 'messages' && isOwn(e) && isOk(e) && isComplete(e) && isSound(e) && !e.isStream,
};

/** Streams, however they ended, to requests that are not invalid. */
export const streams: Kind = { name: 'streams', matches: (e) => e.isStream && isOwn(e) && isSound(e) };

/** Streams whose response ended in order. */
export const completeStreams: Kind = { name: 'complete streams', matches: (e) => streams.matches(e) && isComplete(e) };

/** Messages from either mode: JSON bodies and complete streams. */
export const messages: Kind = { name: 'messages', matches: (e) => jsonMessages.matches(e) || completeStreams.matches(e) };

/** Complete 2xx answers of count_tokens to requests that are not invalid. */
export const tokenCounts: Kind = {
  name: 'token counts',
  matches: (e) => e.endpoint === 'count-tokens' && isOwn(e) && isOk(e) && isComplete(e) && isSound(e),
};

/** Complete 2xx answers of the models list, also of discovery. */
export const modelLists: Kind = { name: 'models lists', matches: (e) => e.endpoint === 'models' && isOk(e) && isComplete(e) };
