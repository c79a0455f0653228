/** Faults of servers that a client has left in the middle of an answer. */
import { errorReply } from '../../../endpoint/json-reply.ts';
import { ApiError } from '../../../endpoint/index.ts';
import type { KnownFault } from '../fault.ts';
import { all, any, at, header, mentions, not, plain, streams } from '../touching.ts';
import { acted } from './acted.ts';
import { late, onceAfter } from './gates.ts';
import { aloneWith } from './stream-targets.ts';
import { bySdk, is } from './tools-shaping.ts';

const story = mentions('Count from 1 to 1000, without a pause.');
const hello = all(plain, aloneWith(), at('/max_tokens', is(1)), header('anthropic-beta', is(undefined)), ({ query }) => query.size === 0);
const stuck = () => errorReply(new ApiError('api_error', 'The slot is in use.'), 'req_of_a_fault');
const failed = { 'errors.status.no-5xx-on-valid': 'It is a 500 to a valid request.' };
/** A clock that runs a thousand times as fast makes minutes of the pauses of a busy machine. */
const hurried = { 'silence.json.in-time': 'An answer that is held back looks silent for minutes.' };
/** Longer than the suite waits before it hangs up. */
const slow = late(120);

const leftStream = all(streams, story, not(bySdk));
const leftPlain = all(plain, story, not(bySdk));
const touches = any(leftStream, leftPlain, all(hello, not(bySdk)));

export const disconnectFaults: readonly KnownFault[] = acted({ layer: 'behaviour', act: onceAfter(leftStream, stuck) }, [
  {
    id: 'stuck-after-left-stream',
    sentence: 'Where a client has left a stream, the request after it ends in a 500.',
    trips: ['disconnect.stream.next-answered'],
    mayTrip: failed,
    touches,
    seenIn: story,
  },
  {
    id: 'stuck-after-left-answer',
    sentence: 'Where a client has left before the answer came, the request after it ends in a 500.',
    trips: ['disconnect.json.next-answered'],
    mayTrip: failed,
    touches,
    seenIn: story,
    act: onceAfter(leftPlain, stuck, slow),
  },
  {
    id: 'left-stream-goes-on',
    layer: 'timing',
    sentence: 'A stream that nobody reads any more is generated to its end, and the request after it waits.',
    trips: ['disconnect.stream.slot-freed'],
    mayTrip: hurried,
    touches,
    seenIn: story,
    act: onceAfter(leftStream, late(400)),
  },
  {
    id: 'left-answer-goes-on',
    layer: 'timing',
    sentence: 'An answer that nobody waits for any more is generated to its end, and the request after it waits.',
    trips: ['disconnect.json.slot-freed'],
    mayTrip: hurried,
    touches,
    seenIn: story,
    act: onceAfter(leftPlain, late(400), slow),
  },
  {
    id: 'sdk-stuck-after-break',
    sentence: 'Where a program has left a stream of the SDK, the request after it ends in a 500.',
    trips: ['sdk.break.next-answered'],
    mayTrip: failed,
    touches: all(bySdk, any(all(streams, story), hello)),
    seenIn: all(bySdk, story),
    act: onceAfter(all(streams, story), stuck),
  },
]);
