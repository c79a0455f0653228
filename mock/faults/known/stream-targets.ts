/** The requests of the catalogue whose answers the faults of streams and messages spoil: one each, so that a fault trips little else. */
import type { JsonObject } from '../../../spec/json.ts';
import { all, at, body, has, mentions, messages, not, plain, streams, type Touch } from '../touching.ts';

const limited = (limit: number): Touch => at('/max_tokens', (value) => value === limit);
const counted = all(mentions('Count from 1 to 100.'), limited(8));
const hello = all(limited(32), mentions('Say hello.'), not(has('/stop_sequences')));
/** A question that is thought about. */
export const twoPlusTwo: Touch = mentions('How much is 2 plus 2? Think first.');
const forced = all(
  at('/tool_choice/type', (value) => value === 'tool'),
  not(has('/tool_choice/disable_parallel_tool_use')),
);
/** Of two tools, the second. */
const fruit = all(
  forced,
  at('/tool_choice/name', (value) => value === 'pick_fruit'),
  has('/tools/1'),
  not(mentions('"strict"')),
);

/** A text of eight pieces, cut by `max_tokens`. */
export const countStream: Touch = all(streams, counted);
export const countPlain: Touch = all(plain, counted);
/** Both of them. */
const counting: Touch = all(messages, counted);
/** A text that ends by itself. */
export const helloStream: Touch = all(streams, hello);
export const helloPlain: Touch = all(plain, hello);
/** A long text, asked for as a stream. */
export const storyStream: Touch = all(streams, limited(64), mentions('dragon'));
/** One forced call. */
export const callStream: Touch = all(streams, limited(256), fruit);
export const callPlain: Touch = all(plain, limited(256), fruit);
/** Several calls in one reply. */
export const callsStream: Touch = all(streams, limited(192));
/** Thinking, then a text. */
export const thoughtStream: Touch = all(streams, twoPlusTwo, has('/thinking'), not(has('/thinking/display')));
export const thoughtPlain: Touch = all(
  plain,
  twoPlusTwo,
  at('/thinking/type', (value) => value === 'adaptive'),
  not(has('/thinking/display')),
);
/** A text that a stop sequence from its own middle ends. */
export const pieceStream: Touch = all(
  streams,
  limited(24),
  at('/stop_sequences', (value) => Array.isArray(value) && value.length === 1),
);
export const piecePlain: Touch = all(
  plain,
  limited(24),
  at('/stop_sequences', (value) => Array.isArray(value) && value.length === 1),
);
export const letters: Touch = all(
  messages,
  at('/stop_sequences', (value) => Array.isArray(value) && value.length === 10),
);
/** A call that `max_tokens` cuts. */
export const cutCall: Touch = all(messages, limited(6), forced);

const smallest = ['model', 'max_tokens', 'messages'];

/** The smallest request with these fields and no others: a variant that asks for one thing. */
export function aloneWith(...fields: readonly string[]): Touch {
  const expected = [...smallest, ...fields].toSorted().join();
  return all(
    messages,
    mentions('Say hello.'),
    body((value: JsonObject) => Object.keys(value).toSorted().join() === expected),
  );
}
