/** Kinds of exchange that the checks of errors judge. */
import type { Kind } from '../model/kinds.ts';
import { refusals } from '../model/kinds.ts';
import { isAccepted } from '../reading.ts';

/** Error responses with a body that parses: what can be held against the envelope. */
export const envelopes: Kind = { name: 'JSON errors', matches: (e) => refusals.matches(e) && e.json !== undefined };

/** Error responses of paths and methods that are not of the API. */
export const strayRefusals: Kind = {
  name: 'errors of other routes',
  matches: (e) => refusals.matches(e) && e.endpoint === 'other' && e.request.method !== 'HEAD',
};

/** Complete answers to requests that the specification calls invalid. */
export const answersToInvalid: Kind = {
  name: 'answers to invalid requests',
  matches: (e) =>
    e.ended === 'complete' && e.request.validity === 'invalid' && (e.endpoint === 'messages' || e.endpoint === 'count-tokens'),
};

/** Complete 2xx bodies of the API's routes, of valid and invalid requests alike. */
export const acceptedBodies: Kind = { name: 'JSON answers', matches: (e) => isAccepted(e) && e.endpoint !== 'other' && !e.isStream };

/** Answers to `stream: true` that say no: by status, or by an error as the first event. */
export const refusedStreams: Kind = {
  name: 'refused streaming requests',
  matches: (e) =>
    e.ended === 'complete' &&
    e.request.stream &&
    (refusals.matches(e) || (e.isStream && e.frames.find(({ event }) => event !== undefined)?.event === 'error')),
};
