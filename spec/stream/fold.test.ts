import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validate } from '../validation/validate.ts';
import { foldStream } from './fold.ts';

const started = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 7, output_tokens: 1, cache_read_input_tokens: 3 },
  },
};
const ended = {
  type: 'message_delta',
  delta: { stop_reason: 'end_turn', stop_sequence: null },
  usage: { output_tokens: 9, cache_read_input_tokens: null },
};
const start = (index: unknown, content_block: unknown): unknown => ({ type: 'content_block_start', index, content_block });
const delta = (index: unknown, more: unknown): unknown => ({ type: 'content_block_delta', index, delta: more });
const stop = (index: unknown): unknown => ({ type: 'content_block_stop', index });
const json = (partial_json: unknown): unknown => ({ type: 'input_json_delta', partial_json });
const call = { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} };

/** Content of a message that has one block. */
const blockOf = (block: unknown, ...deltas: readonly unknown[]): unknown =>
  foldStream([started, start(0, block), ...deltas.map((more) => delta(0, more)), stop(0), ended]).message?.content[0];

test('a stream folds into the message that it tells', () => {
  const { message, problems, error } = foldStream([
    started,
    { type: 'ping' },
    start(0, { type: 'text', text: '' }),
    delta(0, { type: 'text_delta', text: 'Hel' }),
    delta(0, { type: 'text_delta', text: 'lo' }),
    stop(0),
    start(1, call),
    delta(1, json('')),
    delta(1, json('{"a": [1')),
    delta(1, json(', 2]}')),
    stop(1),
    ended,
    { type: 'message_stop' },
  ]);
  expect(problems).toEqual([]);
  expect(error).toBeUndefined();
  expect(message).toEqual({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', id: 'toolu_1', name: 'look', input: { a: [1, 2] } },
    ],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 7, output_tokens: 9, cache_read_input_tokens: 3 },
  });
  expect(validate('message', message)).toEqual([]);
});

describe('in a block', () => {
  test('thinking is appended and a signature replaces', () => {
    expect(
      blockOf(
        { type: 'thinking', thinking: '', signature: '' },
        { type: 'thinking_delta', thinking: 'a' },
        { type: 'thinking_delta', thinking: 'b' },
        { type: 'signature_delta', signature: 'x' },
        { type: 'signature_delta', signature: 'y' },
      ),
    ).toEqual({ type: 'thinking', thinking: 'ab', signature: 'y' });
  });
  test('citations are gathered', () => {
    expect(
      blockOf(
        { type: 'text', text: '', citations: null },
        { type: 'citations_delta', citation: 1 },
        { type: 'citations_delta', citation: 2 },
      ),
    ).toEqual({ type: 'text', text: '', citations: [1, 2] });
  });
  test('a call without fragments keeps the input of its start', () => {
    expect(blockOf(call)).toEqual(call);
    expect(blockOf({ ...call, input: { a: 1 } }, json(''))).toEqual({ ...call, input: { a: 1 } });
  });
  test('arguments that are not JSON become null', () => {
    expect(blockOf(call, json('{"a":'))).toEqual({ ...call, input: null });
    expect(foldStream([started, start(0, call), delta(0, json('{')), stop(0)]).problems).toEqual([
      { at: 3, message: 'tool arguments that are not JSON' },
    ]);
  });
});

test('a later message_delta overwrites an earlier one', () => {
  const more = { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 12, input_tokens: 8 } };
  expect(foldStream([started, ended, more]).message).toMatchObject({
    stop_reason: 'max_tokens',
    stop_sequence: null,
    usage: { input_tokens: 8, output_tokens: 12, cache_read_input_tokens: 3 },
  });
});

test('arguments of a block that was cut are parsed as far as they came', () => {
  expect(foldStream([started, start(0, call), delta(0, json('{}'))]).message?.content).toEqual([call]);
  expect(foldStream([started, start(0, call), delta(0, json('{'))]).message?.content).toEqual([{ ...call, input: null }]);
});

test('an error event is kept beside what had come', () => {
  const failure = { type: 'error', error: { type: 'overloaded_error', message: 'x' } };
  const { message, error } = foldStream([started, failure]);
  expect(error).toEqual(failure);
  expect(message?.content).toEqual([]);
});

test('what does not fit is named and left out', () => {
  const { message, problems } = foldStream([
    started,
    started,
    delta(4, { type: 'text_delta', text: 'lost' }),
    start(0, { type: 'text', text: 'a' }),
    delta(0, { type: 'text_delta', text: 5 }),
    delta(0, null),
    start(0, { type: 'text', text: 'b' }),
    stop(9),
    'x',
  ]);
  expect(message?.content).toEqual([
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
  ]);
  expect(problems).toEqual([
    { at: 1, message: 'a second message_start' },
    { at: 2, message: 'a delta for block 4, which is not there' },
    { at: 4, message: 'a text_delta whose text is not a string' },
    { at: 5, message: 'a content_block_delta without a delta' },
    { at: 6, message: 'a second block with index 0' },
    { at: 7, message: 'a stop for block 9, which is not there' },
    { at: 8, message: 'an event that is not an object' },
  ]);
});

test('nothing told is no message', () => {
  expect(foldStream([]).message).toBeUndefined();
  expect(foldStream([{ type: 'ping' }]).message).toBeUndefined();
});

test('garbage folds without a crash, and touches no prototype', () => {
  const type = fc.constantFrom(
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'error',
  );
  const part = fc.oneof(
    fc.anything(),
    fc.record({
      type: fc.constantFrom('text_delta', 'input_json_delta', 'citations_delta'),
      text: fc.anything(),
      partial_json: fc.anything(),
    }),
  );
  const event = fc.record({ type, index: fc.anything(), message: fc.anything(), content_block: part, delta: part, usage: fc.anything() });
  fc.assert(fc.property(fc.array(fc.oneof(event, fc.anything())), (events) => void foldStream(events)));
  const poisoned: unknown = JSON.parse('{"type":"message_delta","delta":{"__proto__":{"a":1}},"usage":{"__proto__":{"b":1}}}');
  foldStream([started, poisoned]);
  expect(Object.hasOwn(Object.prototype, 'a') || Object.hasOwn(Object.prototype, 'b')).toBe(false);
});

test('however text is cut into deltas, it is the same text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
      const deltas = pieces.map((text) => ({ type: 'text_delta', text }));
      expect(blockOf({ type: 'text', text: '' }, ...deltas)).toEqual({ type: 'text', text: pieces.join('') });
    }),
  );
});

test('however arguments are cut into fragments, they are the same arguments', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.nat(50)), (input, cuts) => {
      const text = JSON.stringify(input);
      const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
      const fragments = places.slice(1).map((place, at) => json(text.slice(places[at], place)));
      expect(blockOf(call, ...fragments)).toEqual({ ...call, input: JSON.parse(text) });
    }),
  );
});
