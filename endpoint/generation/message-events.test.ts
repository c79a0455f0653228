import { describe, expect, it } from 'vitest';
import type { Message, StreamEvent } from '../../spec/index.ts';
import type { BackendEvent } from '../backend.ts';
import { MessageFold } from './fold-message.ts';
import { MessageEvents } from './message-events.ts';

const start: BackendEvent = { type: 'start', prompt: { input: 7 } };
const stop: BackendEvent = { type: 'stop', reason: 'end_turn', outputTokens: 3 };
const text = (value: string): BackendEvent => ({ type: 'text', text: value });
const thinking = (value: string): BackendEvent => ({ type: 'thinking', thinking: value });
const signature: BackendEvent = { type: 'signature', signature: 'sig' };
const call = (name: string, id?: string): BackendEvent => ({ type: 'tool-start', name, ...(id !== undefined && { id }) });
const json = (value: string): BackendEvent => ({ type: 'tool-input', json: value });
const ended = (reason: 'tool_use' | 'max_tokens' | 'refusal'): BackendEvent => ({ type: 'stop', reason, outputTokens: 3 });

function eventsOf(events: readonly BackendEvent[], omitThinking = false): readonly StreamEvent[] {
  let tools = 0;
  const newToolId = (): string => `toolu_${(tools += 1)}`;
  const messageEvents = new MessageEvents({ id: 'msg_1', model: 'm', omitThinking, newToolId });
  const all = events.flatMap((event) => messageEvents.accept(event));
  messageEvents.end();
  return all;
}

function messageOf(events: readonly BackendEvent[], omitThinking = false): Message {
  const fold = new MessageFold();
  for (const event of eventsOf(events, omitThinking)) fold.add(event);
  return fold.message;
}

/** `type index detail` of each event, to read an order at a glance. */
function outline(events: readonly StreamEvent[]): readonly string[] {
  return events.map((event) => {
    if (event.type === 'content_block_start') return `start ${event.index} ${event.content_block.type}`;
    if (event.type === 'content_block_delta') return `delta ${event.index} ${JSON.stringify(Object.values(event.delta).at(-1))}`;
    return event.type === 'content_block_stop' ? `stop ${event.index}` : event.type;
  });
}

describe('The events of a message', () => {
  it('come in the official order, with one ping after the first block has started', () => {
    expect(outline(eventsOf([start, text('Hel'), text('lo'), stop]))).toStrictEqual([
      'message_start',
      'start 0 text',
      'ping',
      'delta 0 "Hel"',
      'delta 0 "lo"',
      'stop 0',
      'message_delta',
      'message_stop',
    ]);
  });

  it('number the blocks from 0 without gaps, and give each its own deltas', () => {
    expect(
      outline(eventsOf([start, thinking('Hm'), signature, text('A'), call('f'), json('{"a"'), json(':1}'), call('g'), ended('tool_use')])),
    ).toStrictEqual([
      'message_start',
      'start 0 thinking',
      'ping',
      'delta 0 "Hm"',
      'delta 0 "sig"',
      'stop 0',
      'start 1 text',
      'delta 1 "A"',
      'stop 1',
      'start 2 tool_use',
      'delta 2 ""',
      'delta 2 "{\\"a\\""',
      'delta 2 ":1}"',
      'stop 2',
      'start 3 tool_use',
      'delta 3 ""',
      'stop 3',
      'message_delta',
      'message_stop',
    ]);
  });

  it('begin with an empty message that has every nullable field', () => {
    const prompt = { input: 7, cacheCreation: 5, cacheRead: 11 };
    expect(eventsOf([{ type: 'start', prompt }, stop])[0]).toStrictEqual({
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        usage: {
          input_tokens: 7,
          cache_creation_input_tokens: 5,
          cache_read_input_tokens: 11,
          cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 0 },
          output_tokens: 0,
          output_tokens_details: null,
          server_tool_use: null,
          service_tier: 'standard',
          inference_geo: null,
          speed: null,
        },
        container: null,
        diagnostics: null,
      },
    });
  });

  it('end with the reason and with usage that repeats the prompt', () => {
    const stopped: BackendEvent = { type: 'stop', reason: 'stop_sequence', stopSequence: 'END', outputTokens: 3, thinkingTokens: 1 };
    expect(eventsOf([start, text('a'), stopped]).slice(-2)).toStrictEqual([
      {
        type: 'message_delta',
        delta: { stop_reason: 'stop_sequence', stop_sequence: 'END', stop_details: null, container: null },
        usage: {
          input_tokens: 7,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          output_tokens: 3,
          output_tokens_details: { thinking_tokens: 1 },
          server_tool_use: null,
        },
      },
      { type: 'message_stop' },
    ]);
  });

  it('may hold no block at all', () => {
    expect(outline(eventsOf([start, stop]))).toStrictEqual(['message_start', 'message_delta', 'message_stop']);
  });

  it('hold no empty text', () => {
    expect(outline(eventsOf([start, text(''), stop]))).toStrictEqual(['message_start', 'message_delta', 'message_stop']);
  });

  it('start tool calls with an empty object and the id that was given, or a new one', () => {
    const starts = eventsOf([start, call('f', 'toolu_given'), call('g'), ended('tool_use')]).filter(
      ({ type }) => type === 'content_block_start',
    );
    expect(starts).toStrictEqual([
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 'toolu_given', name: 'f', input: {}, caller: { type: 'direct' } },
      },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 'toolu_1', name: 'g', input: {}, caller: { type: 'direct' } },
      },
    ]);
  });

  it('keep two thoughts apart where a signature stands between them', () => {
    expect(outline(eventsOf([start, thinking('a'), signature, thinking('b'), signature, stop]))).toContain('start 1 thinking');
  });

  it('leave out the text of thoughts, not their signature, where the client wants none', () => {
    expect(outline(eventsOf([start, thinking('secret'), signature, stop], true))).toStrictEqual([
      'message_start',
      'start 0 thinking',
      'ping',
      'delta 0 "sig"',
      'stop 0',
      'message_delta',
      'message_stop',
    ]);
  });

  it('explain a refusal', () => {
    expect(messageOf([start, ended('refusal')]).stop_details).toStrictEqual({ type: 'refusal', category: null, explanation: null });
  });
});

describe('A message folded from its events', () => {
  it('has the blocks whole', () => {
    const redacted: BackendEvent = { type: 'redacted-thinking', data: 'xyz' };
    const message = messageOf([
      start,
      thinking('H'),
      thinking('m'),
      signature,
      redacted,
      text('a'),
      text('b'),
      call('f'),
      json('{"a":'),
      json('1}'),
      call('g'),
      ended('tool_use'),
    ]);
    expect(message.content).toStrictEqual([
      { type: 'thinking', thinking: 'Hm', signature: 'sig' },
      { type: 'redacted_thinking', data: 'xyz' },
      { type: 'text', text: 'ab', citations: null },
      { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 }, caller: { type: 'direct' } },
      { type: 'tool_use', id: 'toolu_2', name: 'g', input: {}, caller: { type: 'direct' } },
    ]);
    expect(message.stop_reason).toBe('tool_use');
    expect(message.usage).toMatchObject({ input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 0 });
  });

  it('has an object for the input of a tool call that was cut', () => {
    expect(messageOf([start, call('f'), json('{"city":"Par'), ended('max_tokens')]).content).toMatchObject([{ input: { city: 'Par' } }]);
  });

  it('keeps a thought that was cut before its signature', () => {
    expect(messageOf([start, thinking('Hm'), ended('max_tokens')]).content).toStrictEqual([
      { type: 'thinking', thinking: 'Hm', signature: '' },
    ]);
  });
});

describe('A backend that breaks its contract is found out when', () => {
  it.each<[what: string, events: readonly BackendEvent[], message: string]>([
    ['it speaks before start', [text('a')], '"text" before "start"'],
    ['it stops before start', [stop], '"stop" before "start"'],
    ['it starts twice', [start, start], 'a second "start"'],
    ['it speaks after stop', [start, stop, text('a')], '"text" after "stop"'],
    ['it ends without stop', [start, text('a')], 'it ended without "stop"'],
    ['it says nothing', [], 'it ended without "stop"'],
    ['tool input has no tool', [start, json('{}')], '"tool-input" without an open block'],
    ['tool input comes after text', [start, call('f'), text('a'), json('{}')], '"tool-input" without an open block'],
    ['a signature has no thought', [start, text('a'), signature], '"signature" without an open block'],
    ['a thought has two signatures', [start, thinking('a'), signature, signature], '"signature" without an open block'],
    ['a thought has no signature', [start, thinking('a'), text('b')], 'a thinking block without "signature"'],
    ['tool input is cut in the middle', [start, call('f'), json('{"a"'), call('g')], 'the input of tool "f" is not a JSON object'],
    ['tool input is cut at the end', [start, call('f'), json('{"a"'), ended('tool_use')], 'the input of tool "f" is not a JSON object'],
    ['tool input is no object', [start, call('f'), json('[1]'), ended('tool_use')], 'the input of tool "f" is not a JSON object'],
    ['it stops for a tool that it did not call', [start, ended('tool_use')], 'stopped for "tool_use" without a tool call'],
    ['it ends its turn with a call waiting', [start, call('f'), stop], 'stopped for "end_turn" with a tool call waiting'],
    ['it names no stop sequence', [start, { type: 'stop', reason: 'stop_sequence', outputTokens: 1 }], 'stopped for "stop_sequence"'],
    [
      'it names one without reason',
      [start, { type: 'stop', reason: 'end_turn', stopSequence: 'x', outputTokens: 1 }],
      'with stopSequence "x"',
    ],
  ])('%s', (_, events, message) => {
    expect(() => eventsOf(events)).toThrow(message);
  });
});
