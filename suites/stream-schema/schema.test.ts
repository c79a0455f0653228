import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, fixtureMessage, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const good = streamEvidence(events);

/** The fixture with one event replaced. */
const withEvent = (position: number, event: Readonly<Record<string, unknown>>): Evidence => streamEvidence(events.with(position, event));
const started = (patch: Readonly<Record<string, unknown>>): Evidence =>
  withEvent(0, { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null, ...patch } });
const startedWith = (block: Readonly<Record<string, unknown>>): Evidence =>
  withEvent(1, { type: 'content_block_start', index: 0, content_block: block });
const ended = (delta: unknown, usage: unknown): Evidence => withEvent(5, { type: 'message_delta', delta, usage });

/** A text block told in these pieces. */
const told = (...texts: readonly string[]): Evidence =>
  streamEvidence(
    events.toSpliced(2, 2, ...texts.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }))),
  );

/** A tool call whose arguments come in these fragments. */
const called = (fragments: readonly string[], stopReason = 'tool_use', request: Readonly<Record<string, unknown>> = {}): Evidence =>
  streamEvidence(
    [
      ...events.slice(0, 1),
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'toolu_1', name: 'set_lamp', input: {} } },
      ...fragments.map((json) => ({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: json } })),
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: 4 } },
      { type: 'message_stop' },
    ],
    { request },
  );

describeExamples(checks, {
  'stream.schema.message-start': {
    passes: { 'a conforming stream': good },
    fails: {
      'no type': [started({ type: undefined }), 'nothing'],
      'no usage': [started({ usage: null }), 'null'],
      'a count that is a string': [started({ usage: { input_tokens: '9', output_tokens: 1 } }), '"9"'],
      'no message': [withEvent(0, { type: 'message_start' }), 'nothing'],
    },
    open: { 'a stream without it': [streamEvidence(events.slice(1)), 'no such message_start in the stream'] },
  },
  'stream.schema.message-start-content-empty': {
    passes: { 'a conforming stream': good },
    fails: { 'content that is already there': [started({ content: [{ type: 'text', text: '' }] }), '[{"type":"text","text":""}]'] },
    open: { 'content that is no array': [started({ content: null }), 'no such message_start in the stream'] },
  },
  'stream.schema.message-start-not-stopped': {
    passes: { 'null fields': good, 'absent fields': started({ stop_reason: undefined, stop_sequence: undefined }) },
    fails: {
      'a stop reason': [started({ stop_reason: 'end_turn' }), '"end_turn"'],
      'an empty stop sequence': [started({ stop_sequence: '' }), '""'],
    },
  },
  'stream.schema.message-start-keys': {
    passes: { 'null fields': good },
    fails: { 'a key left out': [started({ stop_reason: undefined }), 'no such key'] },
    open: { 'no message': [withEvent(0, { type: 'message_start' }), 'no such message_start in the stream'] },
  },
  'stream.schema.block-start': {
    passes: {
      'a conforming stream': good,
      'a block of an unknown type': startedWith({ type: 'hologram' }),
      // The SDKs and Claude Code read the arguments from the deltas alone.
      'a tool call without an input': startedWith({ type: 'tool_use', id: 'a', name: 'set_lamp' }),
    },
    fails: {
      'a tool call without an id': [startedWith({ type: 'tool_use', name: 'set_lamp', input: {} }), 'nothing'],
      'no block': [withEvent(1, { type: 'content_block_start', index: 0 }), 'nothing'],
    },
  },
  'stream.schema.tool-start-input': {
    passes: {
      'an empty input': called(['{}']),
      'the whole input': startedWith({ type: 'tool_use', id: 'a', name: 'b', input: { state: 'on' } }),
    },
    fails: {
      'no input': [startedWith({ type: 'tool_use', id: 'a', name: 'b' }), 'nothing'],
      'a string': [startedWith({ type: 'tool_use', id: 'a', name: 'b', input: '' }), '""'],
    },
    open: { 'a stream without a tool call': [good, 'no such content_block_start in the stream'] },
  },
  'stream.schema.tool-start-input-empty': {
    passes: { 'an empty input': called(['{}']) },
    fails: { 'the whole input': [startedWith({ type: 'tool_use', id: 'a', name: 'b', input: { state: 'on' } }), '{"state":"on"}'] },
    open: { 'a stream without a tool call': [good, 'no such content_block_start in the stream'] },
  },
  'stream.schema.text-start-empty': {
    passes: { 'a conforming stream': good },
    fails: { 'a text that came early': [startedWith({ type: 'text', text: 'Well, ' }), '"Well, "'] },
  },
  'stream.schema.thinking-start-empty': {
    passes: { 'empty fields': startedWith({ type: 'thinking', thinking: '', signature: '' }) },
    fails: { 'no signature': [startedWith({ type: 'thinking', thinking: '' }), 'nothing'] },
  },
  'stream.schema.block-delta': {
    passes: { 'a conforming stream': good },
    fails: {
      'a text that is null': [withEvent(2, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: null } }), 'null'],
      'arguments that are an object': [
        withEvent(2, { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: {} } }),
        '{}',
      ],
      'a delta without a type': [withEvent(2, { type: 'content_block_delta', index: 0, delta: { text: 'Hello' } }), 'nothing'],
    },
  },
  'stream.schema.deltas-are-increments': {
    passes: {
      'new text each time': told('One', ', two', ', three', ', four'),
      'a text that repeats itself': told('ha', 'ha', 'ha', 'ha', 'ha'),
      'line breaks without end, in tokens that grow': told('\n', '\n', '\n\n', '\n\n\n\n'),
    },
    fails: {
      'the text so far': [
        told('One', 'One, two', 'One, two, three', 'One, two, three, four'),
        'the text so far again: "One, two, three, four"',
      ],
    },
    open: { 'a short reply': [good, 'no text block with 4 deltas or more'] },
  },
  'stream.schema.tool-input-parses': {
    passes: {
      fragments: called(['', '{"sta', 'te":"on"}']),
      'no fragment at all': called([]),
      'half an object that max_tokens cut': called(['{"sta', 'te":"on"}']),
    },
    fails: {
      'a lost fragment': [called(['te":"on"}']), '"te\\":\\"on\\"}"'],
      'two objects in one block': [called(['{"a":1}', '{"b":2}']), '"{\\"a\\":1}{\\"b\\":2}"'],
      'a code fence': [called(['```json\n{}\n```']), '"```json\\n{}\\n```"'],
      'an array': [called(['[]']), '"[]"'],
      'a string': [called(['"{}"']), '"\\"{}\\""'],
    },
    open: {
      'a call that max_tokens cut': [called(['{"sta'], 'max_tokens'), 'no complete tool_use block in the stream'],
      'a tool whose arguments come unchecked': [
        called(['{"sta'], 'tool_use', { tools: [{ name: 'set_lamp', input_schema: { type: 'object' }, eager_input_streaming: true }] }),
        'no complete tool_use block in the stream',
      ],
    },
  },
  'stream.schema.characters-whole': {
    passes: { 'whole characters': told('Hello 😀') },
    fails: { 'half a character': [told('Hello \ud83d', '\ude00'), '"Hello \\ud83d"'] },
    open: { 'no text': [told(), 'no text in the stream'] },
  },
  'stream.schema.message-delta': {
    passes: {
      'a conforming stream': good,
      'counters of the wrong type, which another check reports': ended({}, { output_tokens: 4, input_tokens: 'x' }),
    },
    fails: {
      'no usage': [ended({ stop_reason: 'end_turn' }, undefined), 'nothing'],
      'usage inside delta': [ended({ stop_reason: 'end_turn', usage: { output_tokens: 4 } }, undefined), 'nothing'],
      'output tokens that are null': [ended({}, { output_tokens: null }), 'null'],
      'no delta': [ended(undefined, { output_tokens: 4 }), 'nothing'],
    },
  },
  'stream.schema.message-delta-usage-fields': {
    passes: { 'counters that are null': ended({}, { output_tokens: 4, input_tokens: null }) },
    fails: { 'a counter that is a string': [ended({}, { output_tokens: 4, input_tokens: '9' }), '"9"'] },
  },
  'stream.schema.message-delta-keys': {
    passes: { 'a conforming stream': good },
    fails: { 'no stop_sequence': [ended({ stop_reason: 'end_turn' }, { output_tokens: 4 }), 'no such key'] },
  },
  'stream.schema.known-fields': {
    passes: {
      'a conforming stream': good,
      'an event of an unknown type': streamEvidence([...events, { type: 'progress', done: 1 }]),
      'a field of the message, which another check reports': started({ timings: {} }),
    },
    fails: {
      'a field of an event': [
        withEvent(2, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' }, seq: 7 }),
        '7',
      ],
      'a field of a delta': [
        withEvent(2, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a', logprobs: [] } }),
        '[]',
      ],
    },
    open: { 'an empty stream': [streamEvidence([]), 'no events in the stream'] },
  },
  'stream.schema.error-event': {
    passes: {
      'an error envelope': streamEvidence([...events.slice(0, 3), { type: 'error', error: { type: 'api_error', message: 'Oops' } }]),
    },
    fails: {
      'a bare text': [streamEvidence([...events.slice(0, 3), { type: 'error', error: 'Oops' }]), '"Oops"'],
      'no message': [streamEvidence([...events.slice(0, 3), { type: 'error', error: { type: 'api_error' } }]), 'nothing'],
    },
    open: { 'a stream without an error': [good, 'no such error in the stream'] },
  },
});
