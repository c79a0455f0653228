import { fixtureEvents as events, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const good = streamEvidence(events);
const start = (index: number, block: Readonly<Record<string, unknown>>) => ({ type: 'content_block_start', index, content_block: block });
const delta = (index: unknown, part: Readonly<Record<string, unknown>>) => ({ type: 'content_block_delta', index, delta: part });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const text = { type: 'text', text: '' };
const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
const ping = { type: 'ping' };
const [messageStart] = events;
if (messageStart === undefined) throw new Error('the fixture has events');

/** A thinking block in front of the text, which then has index 1. */
const thinking = (...deltas: readonly string[]) =>
  events
    .map((event) => ('index' in event ? { ...event, index: 1 } : event))
    .toSpliced(
      1,
      0,
      start(0, { type: 'thinking', thinking: '', signature: '' }),
      ...deltas.map((type) => delta(0, { type, thinking: 'hm', signature: 'sig' })),
      stop(0),
    );

/** The same, cut by max_tokens in the middle of its thinking. */
const cutThinking = [
  messageStart,
  start(0, { type: 'thinking', thinking: '', signature: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'hm' }),
  stop(0),
  { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 4 } },
  { type: 'message_stop' },
];

describeExamples(checks, {
  'stream.order.message-start-first': {
    passes: { 'a conforming stream': good, 'pings and unknown events before it': streamEvidence([ping, { type: 'hello' }, ...events]) },
    fails: {
      'a stream without it': [streamEvidence(events.slice(1)), 'content_block_start'],
      'a stream that has it second': [streamEvidence(events.toSpliced(1, 1).toSpliced(0, 0, start(0, text))), 'content_block_start'],
    },
    open: { 'an error alone': [streamEvidence([error]), 'no event of a message in the stream'] },
  },
  'stream.order.message-start-once': {
    passes: { 'a conforming stream': good },
    fails: { 'a second one': [streamEvidence([messageStart, ...events]), 'message_start'] },
  },
  'stream.order.block-events-name-open-block': {
    passes: { 'a conforming stream': good },
    fails: {
      'a lost content_block_start': [streamEvidence(events.toSpliced(1, 1)), 'content_block_delta with index 0'],
      'a delta of a block that was never started': [
        streamEvidence(events.with(3, delta(7, { type: 'text_delta', text: '!' }))),
        'content_block_delta with index 7',
      ],
      'a delta after its block': [
        streamEvidence(events.toSpliced(5, 0, delta(0, { type: 'text_delta', text: '!' }))),
        'content_block_delta with index 0',
      ],
    },
  },
  'stream.order.blocks-are-stopped': {
    passes: { 'a conforming stream': good, 'a stream that we cut': streamEvidence(events.slice(0, 3), { ended: 'aborted-by-us' }) },
    fails: {
      'a block that is never stopped': [streamEvidence(events.toSpliced(4, 1)), 'message_delta'],
      'a block that is stopped twice': [streamEvidence(events.toSpliced(5, 0, stop(0))), 'a second one with index 0'],
    },
    open: {
      'a reply without blocks': [streamEvidence(events.toSpliced(1, 4)), 'no content block in the stream'],
    },
  },
  'stream.order.one-block-at-a-time': {
    passes: { 'one block after the other': streamEvidence(events.toSpliced(5, 0, start(1, text), stop(1))) },
    fails: {
      'interleaved blocks': [
        streamEvidence(events.toSpliced(3, 0, start(1, text), delta(1, { type: 'text_delta', text: 'Good' })).toSpliced(7, 0, stop(1))),
        'content_block_start',
      ],
    },
  },
  'stream.order.index-integer': {
    passes: { 'a conforming stream': good },
    fails: {
      'an index that is a string': [streamEvidence(events.with(2, delta('0', { type: 'text_delta', text: 'Hello' }))), '"0"'],
      'no index': [streamEvidence(events.with(2, delta(undefined, { type: 'text_delta', text: 'Hello' }))), 'no index'],
    },
  },
  'stream.order.index-contiguous': {
    passes: { 'a conforming stream': good, 'two blocks': streamEvidence(thinking('thinking_delta', 'signature_delta')) },
    fails: {
      'blocks from 1': [streamEvidence(events.map((event) => ('index' in event ? { ...event, index: 1 } : event))), 'index 1'],
      'a gap': [streamEvidence(events.toSpliced(5, 0, start(2, text), stop(2))), 'index 2'],
      'the same index again': [streamEvidence(events.toSpliced(5, 0, start(0, text), stop(0))), 'index 0'],
    },
  },
  'stream.order.delta-matches-block': {
    passes: { 'a conforming stream': good, 'a delta of an unknown kind': streamEvidence(events.with(2, delta(0, { type: 'new_delta' }))) },
    fails: {
      'thinking in a text block': [streamEvidence(events.with(2, delta(0, { type: 'thinking_delta', thinking: 'hm' }))), 'thinking_delta'],
      'text in a tool call': [streamEvidence(events.with(1, start(0, { type: 'tool_use', id: 'a', name: 'b', input: {} }))), 'text_delta'],
      'a delta in a block that arrives whole': [
        streamEvidence(events.with(1, start(0, { type: 'redacted_thinking', data: 'x' }))),
        'text_delta',
      ],
    },
  },
  'stream.order.signature-once-and-last': {
    passes: {
      'a signature at the end': streamEvidence(thinking('thinking_delta', 'signature_delta')),
      'thinking that max_tokens cut': streamEvidence(cutThinking),
    },
    fails: {
      'no signature': [streamEvidence(thinking('thinking_delta')), 'none'],
      'two signatures': [streamEvidence(thinking('signature_delta', 'signature_delta')), 'a signature_delta after it'],
      'thinking after the signature': [streamEvidence(thinking('signature_delta', 'thinking_delta')), 'a thinking_delta after it'],
      'two signatures in thinking that max_tokens cut': [
        streamEvidence([...thinking('signature_delta', 'signature_delta').slice(0, -2), ...cutThinking.slice(-2)]),
        'a signature_delta after it',
      ],
    },
    open: { 'a reply without thinking': [good, 'no thinking block in the stream'] },
  },
  'stream.order.blocks-before-message-delta': {
    passes: { 'a conforming stream': good },
    fails: { 'a block that is stopped too late': [streamEvidence(events.toSpliced(4, 1).toSpliced(5, 0, stop(0))), 'content_block_stop'] },
  },
  'stream.order.has-message-delta': {
    passes: { 'a conforming stream': good, 'two of them': streamEvidence(events.toSpliced(5, 0, events[5] ?? {})) },
    fails: { 'a stream without it': [streamEvidence(events.toSpliced(5, 1)), 'message_stop'] },
  },
  'stream.order.ends-with-message-stop': {
    passes: { 'a conforming stream': good, 'a ping after it': streamEvidence([...events, ping]) },
    fails: {
      'a stream without it': [streamEvidence(events.slice(0, 6)), 'the end of the stream'],
      'an end inside a block': [streamEvidence(events.slice(0, 3)), 'the end of the stream'],
    },
  },
  'stream.order.message-stop-once': {
    passes: { 'a conforming stream': good },
    fails: { 'a second one': [streamEvidence([...events, { type: 'message_stop' }]), 'message_stop'] },
  },
  'stream.order.nothing-after-message-stop': {
    passes: { 'a conforming stream': good, 'an unknown event after it': streamEvidence([...events, { type: 'metrics' }]) },
    fails: {
      'a delta after it': [streamEvidence([...events, delta(0, { type: 'text_delta', text: '!' })]), 'content_block_delta'],
      'a message_delta after it': [streamEvidence([...events, events[5] ?? {}]), 'message_delta'],
    },
  },
  'stream.order.error-is-last': {
    passes: { 'an error at the end': streamEvidence([...events.slice(0, 3), error]) },
    fails: { 'message_stop after it': [streamEvidence([...events.slice(0, 5), error, { type: 'message_stop' }]), 'message_stop'] },
    open: { 'a stream without an error': [good, 'no error in the stream'] },
  },
  'stream.order.error-not-first': {
    passes: { 'an error in the middle': streamEvidence([...events.slice(0, 3), error]) },
    fails: { 'an error behind a ping': [streamEvidence([ping, error]), '{"type":"overloaded_error","message":"Overloaded"}'] },
    open: { 'a stream without an error': [good, 'no error in the stream'] },
  },
  'stream.order.no-error-on-valid': {
    passes: { 'a conforming stream': good },
    fails: {
      'a failure': [
        streamEvidence([...events.slice(0, 3), { type: 'error', error: { type: 'api_error', message: 'died' } }]),
        '{"type":"api_error","message":"died"}',
      ],
      'an error without a type': [streamEvidence([{ type: 'error', error: 'died' }]), '"died"'],
    },
    open: { 'an overloaded server': [streamEvidence([error]), 'the stream ended with "overloaded_error"'] },
  },
});
