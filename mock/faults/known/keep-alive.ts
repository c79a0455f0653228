/** Faults of connections that are used again. */
import { says } from '../acting.ts';
import { all, any, at, header, mentions, not, plain, streams, type Touch } from '../touching.ts';
import { errorReply } from '../../../endpoint/json-reply.ts';
import { ApiError } from '../../../endpoint/index.ts';
import type { KnownFault } from '../fault.ts';
import { acted } from './acted.ts';
import { after, closesBehind } from './gates.ts';
import { isList } from './shaping.ts';
import { aloneWith } from './stream-targets.ts';
import { bySdk, is } from './tools-shaping.ts';

const one = at('/max_tokens', is(1));
const simple = all(not(mentions('no-such')), one, ({ query }) => query.size === 0, header('anthropic-beta', is(undefined)), not(bySdk));
const hello = all(plain, aloneWith(), simple);
const helloStream = all(streams, aloneWith('stream'), simple);
const refusal: Touch = all(
  plain,
  simple,
  at('/messages', (list) => isList(list) && list.length === 0),
);
const garbled = () => errorReply(new ApiError('invalid_request_error', 'The request is not HTTP.'), 'req_of_a_fault');

export const keepAliveFaults: readonly KnownFault[] = acted({ layer: 'bytes', act: says(closesBehind) }, [
  {
    id: 'rest-of-json-answer',
    sentence: 'What follows an answer on its connection is not understood.',
    trips: ['keep-alive.after-json.answered'],
    touches: any(hello, helloStream),
    seenIn: refusal,
    act: after(hello, helloStream, garbled),
  },
  {
    id: 'rest-of-stream',
    sentence: 'What follows a stream on its connection is not understood.',
    trips: ['keep-alive.after-stream.answered'],
    mayTrip: { 'errors.message.names-field': 'The refusal names nothing that is wrong.' },
    touches: any(hello, helloStream),
    seenIn: refusal,
    act: after(helloStream, hello, garbled),
  },
  {
    id: 'rest-of-refused-request',
    sentence: 'The body of a refused request is not read, and taken for the next request.',
    trips: ['keep-alive.after-refusal.answered'],
    touches: any(hello, refusal),
    seenIn: refusal,
    act: after(refusal, hello, garbled),
  },
  {
    id: 'closes-behind-answers',
    sentence: 'The connection of an answer is closed without a word.',
    trips: ['keep-alive.after-json.kept-or-announced'],
    touches: hello,
    seenIn: refusal,
  },
  {
    id: 'closes-behind-streams',
    sentence: 'The connection of a stream is closed without a word.',
    trips: ['keep-alive.after-stream.kept-or-announced'],
    touches: helloStream,
    seenIn: refusal,
  },
  {
    id: 'closes-behind-refusals',
    sentence: 'The connection of a refusal is closed without a word.',
    trips: ['keep-alive.after-refusal.kept-or-announced'],
    touches: refusal,
  },
]);
