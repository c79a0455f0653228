// What a deviation of a stream does to the official SDK, as it was observed with scripted servers: one row a deviation.
import type { JsonObject } from '../../spec/json.ts';

/** What `finalMessage()` gives: what was said, something else without a word, or an error. */
export type Helped = 'fine' | 'corrupts' | 'throws';
/** What iterating gives: every event, none or fewer and no error, or an error. */
export type Iterated = 'fine' | 'nothing' | 'fewer' | 'throws';

/** What a message tells its reader. */
export interface Meaning {
  readonly text: string;
  readonly thinking: readonly string[];
  readonly calls: readonly { readonly named: string; readonly input: unknown }[];
  readonly stop_reason: string | null;
  readonly usage: readonly [input: number, output: number];
}

export interface Row {
  readonly deviation: string;
  /** The events instead of the usual ones, or the body as text. */
  readonly sends: readonly JsonObject[] | string;
  readonly helper: Helped;
  readonly iterator: Iterated;
  /** Checks of any level that must notice it. Empty for what is no deviation. */
  readonly checks: readonly string[];
  /** Why a stream that the SDK throws at, or corrupts, fails no check that says so. */
  readonly excuse?: string;
  /** What was said, where it is not the usual. */
  readonly means?: Partial<Meaning>;
  readonly contentType?: string;
  /** Cut into chunks of one byte. */
  readonly bytewise?: boolean;
  readonly breaks?: boolean;
}

const usage = { input_tokens: 9, output_tokens: 1 };
const message = {
  id: 'msg_01M',
  type: 'message',
  role: 'assistant',
  model: 'tiny',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage,
};
const begin = { type: 'message_start', message };
const startText = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
const startCall = { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'toolu_1', name: 'lamp', input: {} } };
const text = (said: string, index = 0): JsonObject => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text: said } });
const json = (partial_json: unknown): JsonObject => ({
  type: 'content_block_delta',
  index: 1,
  delta: { type: 'input_json_delta', partial_json },
});
const stop = (index: number): JsonObject => ({ type: 'content_block_stop', index });
const ending = { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 14 } };
const end = { type: 'message_stop' };
const ping = { type: 'ping' };

/** A text and a call, as a conforming server streams them. */
export const usual: readonly JsonObject[] = [
  begin,
  startText,
  text('I will '),
  text('do it.'),
  stop(0),
  startCall,
  json(''),
  json('{"state":'),
  json('"on"}'),
  stop(1),
  ending,
  end,
];
const [, , , lastWords = {}, , , , firstHalf = {}] = usual;

const sse = (events: readonly JsonObject[]): string =>
  events.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`).join('');
const body = sse(usual);
const instead = (place: JsonObject, ...others: readonly JsonObject[]): readonly JsonObject[] =>
  usual.flatMap((event) => (event === place ? others : [event]));
const without = (place: JsonObject): readonly JsonObject[] => instead(place);
const begun = (fields: JsonObject): readonly JsonObject[] => instead(begin, { ...begin, message: { ...message, ...fields } });
const ended = (fields: JsonObject): readonly JsonObject[] => instead(ending, { ...ending, ...fields });
const called = (fields: JsonObject): readonly JsonObject[] =>
  instead(startCall, { ...startCall, content_block: { ...startCall.content_block, ...fields } });
const fragments = (...pieces: readonly unknown[]): readonly JsonObject[] => [...usual.slice(0, 6), ...pieces.map(json), ...usual.slice(9)];
const indexed = (change: (index: number) => unknown): readonly JsonObject[] =>
  usual.map((event) => ('index' in event ? { ...event, index: change(Number(event['index'])) } : event));
/** Thinking before all else, so that every index is one more. */
const thought = (block: JsonObject, ...deltas: readonly JsonObject[]): readonly JsonObject[] => [
  begin,
  { type: 'content_block_start', index: 0, content_block: block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
  stop(0),
  ...indexed((index) => index + 1).slice(1),
];
const hm = { type: 'thinking_delta', thinking: 'Hm.' };
const signed = { type: 'signature_delta', signature: 'c2ln' };

const fine = (deviation: string, sends: Row['sends'], checks: Row['checks'] = [], more: Partial<Row> = {}): Row => ({
  deviation,
  sends,
  helper: 'fine',
  iterator: 'fine',
  checks,
  ...more,
});
const throws = (deviation: string, sends: Row['sends'], checks: Row['checks'], more: Partial<Row> = {}): Row => ({
  ...fine(deviation, sends, checks),
  helper: 'throws',
  ...more,
});
const corrupts = (deviation: string, sends: Row['sends'], checks: Row['checks'], more: Partial<Row> = {}): Row => ({
  ...fine(deviation, sends, checks),
  helper: 'corrupts',
  ...more,
});

/** Ways of writing a stream. */
const framing: readonly Row[] = [
  fine('no ping', usual),
  fine('a ping before the start', [ping, ...usual]),
  fine(
    'pings everywhere',
    usual.flatMap((event) => [ping, event, ping]),
  ),
  fine('CRLF', body.replaceAll('\n', '\r\n')),
  fine('bare CR', body.replaceAll('\n', '\r')),
  fine('no space after the colon', body.replaceAll(/^(event|data): /gm, '$1:')),
  fine('comments', body.replaceAll('event:', ': hello\nevent:')),
  fine('id and retry', body.replaceAll('event:', 'id: 1\nretry: 10\nevent:')),
  fine('a byte-order mark', `\uFEFF${body}`),
  fine('several data lines', body.replaceAll('data: {', 'data: {\ndata: ')),
  fine('chunks of one byte', usual, [], { bytewise: true }),
  throws('no event lines', body.replaceAll(/^event: .*\n/gm, ''), ['stream.framing.event-line'], { iterator: 'nothing' }),
  throws(
    'data without type',
    usual.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify({ ...event, type: undefined })}\n\n`).join(''),
    ['stream.framing.name-equals-type'],
  ),
  throws('the last blank line is missing', body.slice(0, -1), ['stream.framing.final-blank-line'], { iterator: 'fewer' }),
  fine('[DONE] at the end', `${body}data: [DONE]\n\n`, ['stream.framing.no-done-sentinel']),
  fine('[DONE] at the end, with CRLF', `${body}data: [DONE]\n\n`.replaceAll('\n', '\r\n'), ['stream.framing.no-done-sentinel']),
  throws('[DONE] in an event named done', `${body}event: done\ndata: [DONE]\n\n`, ['stream.framing.no-done-sentinel'], {
    iterator: 'throws',
  }),
  fine('an unknown event before the start', [{ type: 'news' }, ...usual]),
  fine('an unknown event after the start', [begin, { type: 'news' }, ...usual.slice(1)]),
  fine('events under text/plain', usual, ['http.stream.is-event-stream'], { contentType: 'text/plain' }),
  fine('events under application/json', usual, ['http.stream.is-event-stream'], { contentType: 'application/json' }),
  throws('a JSON body for a stream', JSON.stringify(message), ['http.stream.is-event-stream'], {
    iterator: 'nothing',
    contentType: 'application/json',
  }),
  throws('an empty body', '', ['stream.framing.has-events'], { iterator: 'nothing' }),
  throws(
    'chunks of the OpenAI API',
    'data: {"object":"chat.completion.chunk","choices":[]}\n\ndata: [DONE]\n\n',
    ['stream.framing.event-line'],
    {
      iterator: 'nothing',
    },
  ),
];

/** How a message begins and ends. */
const messages: readonly Row[] = [
  throws('no message_start', without(begin), ['stream.order.message-start-first']),
  throws('message_start twice', [begin, ...usual], ['stream.order.message-start-once']),
  throws('message_start without usage', begun({ usage: undefined }), ['stream.schema.message-start']),
  throws('message_start with usage null', begun({ usage: null }), ['stream.schema.message-start']),
  throws('message_delta without usage', ended({ usage: undefined }), ['stream.schema.message-delta']),
  throws('usage inside delta', ended({ delta: { stop_reason: 'tool_use', stop_sequence: null, usage }, usage: undefined }), [
    'stream.schema.message-delta',
  ]),
  fine(
    'the input tokens come with the end alone',
    [
      { ...begin, message: { ...message, usage: { ...usage, input_tokens: 0 } } },
      ...usual.slice(1).map((event) => (event === ending ? { ...ending, usage: { input_tokens: 9, output_tokens: 14 } } : event)),
    ],
    ['usage.input.known-at-start'],
  ),
  corrupts('input_tokens 0 at the end', ended({ usage: { input_tokens: 0, output_tokens: 14 } }), [
    'usage.input.known-at-start',
    'usage.input.positive',
  ]),
  fine(
    'null for the counters of the cache',
    begun({ usage: { ...usage, cache_creation_input_tokens: null, cache_read_input_tokens: null } }),
  ),
  throws('message_start with content null', begun({ content: null }), ['stream.schema.message-start']),
  throws('message_start without content', begun({ content: undefined }), ['stream.schema.message-start']),
  fine('no id', begun({ id: undefined }), ['stream.schema.message-start']),
  fine('no model', begun({ model: undefined }), ['stream.schema.message-start']),
  fine('neither role nor type', begun({ role: undefined, type: undefined }), ['stream.schema.message-start']),
  corrupts('stop_reason null', ended({ delta: { stop_reason: null, stop_sequence: null } }), ['stop.reason.present']),
  corrupts('end_turn after a call', ended({ delta: { stop_reason: 'end_turn', stop_sequence: null } }), ['stop.tool-use.reported']),
  corrupts('tool_calls after a call', ended({ delta: { stop_reason: 'tool_calls', stop_sequence: null } }), ['stop.tool-use.reported']),
  corrupts('no message_delta', without(ending), ['stream.order.has-message-delta']),
  throws('no message_stop', without(end), ['stream.order.ends-with-message-stop']),
];

/** Blocks and their deltas. */
const blocks: readonly Row[] = [
  throws(
    'no content_block_start',
    usual.filter((event) => event !== startText && event !== startCall),
    ['stream.order.block-events-name-open-block'],
  ),
  fine(
    'no content_block_stop',
    usual.filter(({ type }) => type !== 'content_block_stop'),
    ['stream.order.blocks-are-stopped'],
  ),
  corrupts(
    'every index 0',
    indexed(() => 0),
    ['stream.order.index-contiguous'],
  ),
  corrupts(
    'indexes from 1',
    indexed((index) => index + 1),
    ['stream.order.index-contiguous'],
  ),
  corrupts(
    'no index',
    indexed(() => undefined),
    ['stream.order.index-integer'],
  ),
  corrupts(
    'deltas of no block',
    usual.map((event) => (event['type'] === 'content_block_delta' ? { ...event, index: 7 } : event)),
    ['stream.order.block-events-name-open-block'],
  ),
  fine(
    'blocks interleaved',
    [begin, startText, startCall, ...usual.slice(2, 4), ...usual.slice(6, 9), stop(0), stop(1), ending, end],
    ['stream.order.one-block-at-a-time'],
  ),
  fine(
    'a delta after its block has stopped',
    [begin, startText, text('I will '), stop(0), text('do it.'), ...usual.slice(5)],
    ['stream.order.block-events-name-open-block'],
  ),
  corrupts('a text delta without type', instead(lastWords, { ...lastWords, delta: { text: 'do it.' } }), ['stream.schema.block-delta']),
  corrupts('a text delta of another kind', instead(lastWords, { ...lastWords, delta: { type: 'thinking_delta', thinking: 'do it.' } }), [
    'stream.order.delta-matches-block',
  ]),
  // The fragment is dropped without a word too, but what is left of the JSON does not parse.
  throws('a fragment without type', instead(firstHalf, { ...firstHalf, delta: { partial_json: '{"state":' } }), [
    'stream.schema.block-delta',
  ]),
  throws('a fragment of another kind', instead(firstHalf, text('{"state":', 1)), ['stream.order.delta-matches-block']),
  fine(
    'the tool input in the start alone',
    called({ input: { state: 'on' } }).filter((event) => event === begin || !isFragment(event)),
    ['stream.schema.tool-start-input-empty'],
  ),
  fine('the tool input in the start and in deltas', called({ input: { state: 'on' } }), ['stream.schema.tool-start-input-empty']),
  fine('one delta for the tool input', fragments('{"state":"on"}')),
  fine('no empty first delta', fragments('{"state":', '"on"}')),
  fine('a tool start without input', called({ input: undefined }), ['stream.schema.tool-start-input']),
  fine('a tool start with the input ""', called({ input: '' }), ['stream.schema.tool-start-input']),
  throws('partial_json as an object', fragments({ state: 'on' }), ['stream.schema.block-delta']),
  corrupts('truncated JSON', fragments('{"state":'), ['stream.schema.tool-input-parses']),
  corrupts('arguments encoded twice', fragments(JSON.stringify('{"state":"on"}')), ['stream.schema.tool-input-parses']),
  corrupts('a call without id', called({ id: undefined }), ['stream.schema.block-start']),
  fine('no delta for a tool without arguments', fragments(), [], { means: { calls: [{ named: 'string', input: {} }] } }),
  fine(
    'two calls with one id',
    [...usual.slice(0, 10), { ...startCall, index: 2 }, { ...json('{}'), index: 2 }, stop(2), ending, end],
    ['tools.id.unique'],
    {
      means: {
        calls: [
          { named: 'string', input: { state: 'on' } },
          { named: 'string', input: {} },
        ],
      },
    },
  ),
  fine('no content', [begin, { ...ending, delta: { stop_reason: 'end_turn', stop_sequence: null } }, end], [], {
    means: { text: '', calls: [], stop_reason: 'end_turn' },
  }),
  fine('thinking as marked text', instead(lastWords, text('<think>Hm.</think>do it.')), [], {
    means: { text: 'I will <think>Hm.</think>do it.' },
  }),
  // Sent back, it is refused by the API itself.
  fine('an id of another form', called({ id: 'call_a|b.c:0' }), ['stream.schema.block-start']),
  fine('thinking without a signature', thought({ type: 'thinking', thinking: '', signature: '' }, hm), [
    'stream.order.signature-once-and-last',
  ]),
  fine('an empty signature', thought({ type: 'thinking', thinking: '', signature: '' }, hm, { type: 'signature_delta', signature: '' }), [
    'messages.thinking.signed',
  ]),
  corrupts('a thinking start without thinking', thought({ type: 'thinking' }, hm, signed), ['stream.schema.thinking-start-empty']),
  fine(
    'an unknown kind of block',
    [...usual.slice(0, 10), { type: 'content_block_start', index: 2, content_block: { type: 'hologram' } }, stop(2), ending, end],
    ['messages.content.known-types'],
  ),
  fine('an unknown kind of delta', [
    begin,
    startText,
    { type: 'content_block_delta', index: 0, delta: { type: 'wave_delta' } },
    ...usual.slice(2),
  ]),
  fine(
    'unknown fields',
    usual.map((event) => ({ ...event, x_engine: 1 })),
    ['stream.schema.known-fields'],
  ),
  fine('redacted thinking', thought({ type: 'redacted_thinking', data: 'c2Vj' })),
  fine('an empty text block', thought({ type: 'text', text: '' }), ['messages.text.not-empty']),
];

/** Streams that do not reach their end. */
const failures: readonly Row[] = [
  throws('an error in the middle', [...usual.slice(0, 3), { type: 'error', error: { type: 'overloaded_error', message: 'no' } }], [], {
    iterator: 'throws',
    excuse: 'an overloaded server may say so',
  }),
  throws(
    'an error as the first event',
    [{ type: 'error', error: { type: 'api_error', message: 'no' } }],
    ['stream.order.error-not-first'],
    {
      iterator: 'throws',
    },
  ),
  throws(
    'an error of the OpenAI API in the middle',
    `${sse(usual.slice(0, 3))}data: {"error":{"message":"no"}}\n\n`,
    ['stream.framing.event-line'],
    {
      iterator: 'fewer',
    },
  ),
  throws('a connection that breaks', usual.slice(0, 3), ['http.response.complete'], { breaks: true, iterator: 'throws' }),
  throws('an end inside a block', usual.slice(0, 3), ['stream.order.ends-with-message-stop']),
];

function isFragment({ delta }: JsonObject): boolean {
  return typeof delta === 'object' && delta !== null && 'partial_json' in delta;
}

export const matrix: readonly Row[] = [...framing, ...messages, ...blocks, ...failures];

/** The body of a row. */
export function bodyOf({ sends }: Row): string {
  return typeof sends === 'string' ? sends : sse(sends);
}
