/** Kinds of exchange that the checks of errors judge. */
import { isJsonObject } from '../../spec/json.ts';
import type { Kind } from '../model/kinds.ts';
import { refusals } from '../model/kinds.ts';
import { at, isAccepted, isList } from '../reading.ts';

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

/** Complete answers to valid requests that ask for nothing optional: text in, text out. */
export const answersToPlain: Kind = {
  name: 'answers to plain requests',
  matches: (e) =>
    e.ended === 'complete' && !e.preflight && e.endpoint === 'messages' && e.request.validity === 'valid' && isPlainText(e.request.json),
};

const plainFields: ReadonlySet<string> = new Set(['model', 'max_tokens', 'messages', 'system', 'stream']);

function isPlainText(body: unknown): boolean {
  if (!isJsonObject(body) || !Object.keys(body).every((field) => plainFields.has(field))) return false;
  const { messages, system } = body;
  if (!isList(messages) || at(messages, messages.length - 1, 'role') !== 'user') return false;
  return isText(system ?? '') && messages.every((message) => at(message, 'role') !== 'system' && isText(at(message, 'content')));
}

function isText(content: unknown): boolean {
  return typeof content === 'string' || (isList(content) && content.every((block) => at(block, 'type') === 'text'));
}

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
