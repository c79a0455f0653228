/** The requests of the catalogue whose answers the faults of streams and messages spoil: one each, so that a fault trips little else. */
import type { JsonObject } from '../../../spec/json.ts';
import { all, at, body, has, mentions, messages, not, plain, sample, streams, type Touch } from '../touching.ts';

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
export const countStream: Touch = sample(streams, counted);
export const countPlain: Touch = sample(plain, counted);
/** A text that ends by itself. */
export const helloStream: Touch = sample(streams, hello);
export const helloPlain: Touch = sample(plain, hello);
/** A long text, asked for as a stream. */
export const storyStream: Touch = sample(streams, all(limited(64), mentions('dragon')));
/** One forced call. */
export const callStream: Touch = sample(all(streams, has('/tools')), all(limited(256), fruit));
export const callPlain: Touch = sample(all(plain, has('/tools')), all(limited(256), fruit));
/** Several calls in one reply. */
export const callsStream: Touch = sample(all(streams, has('/tools')), limited(192));
/** Thinking, then a text. */
export const thoughtStream: Touch = sample(all(streams, has('/thinking')), all(twoPlusTwo, limited(128), not(has('/thinking/display'))));
export const thoughtPlain: Touch = sample(
  all(plain, has('/thinking')),
  all(
    twoPlusTwo,
    at('/thinking/type', (value) => value === 'adaptive'),
    not(has('/thinking/display')),
  ),
);
/** A text that a stop sequence from its own middle ends. */
export const pieceStream: Touch = sample(
  all(streams, has('/stop_sequences')),
  all(
    limited(24),
    at('/stop_sequences', (value) => Array.isArray(value) && value.length === 1),
  ),
);
export const piecePlain: Touch = sample(
  all(plain, has('/stop_sequences')),
  all(
    limited(24),
    at('/stop_sequences', (value) => Array.isArray(value) && value.length === 1),
  ),
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
