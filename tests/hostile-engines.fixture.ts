/** An OpenAI-compatible engine that keeps to its API, save that some values of what it says are others, by a seeded chance. */
import { call, chunk, done, usageChunk } from '../reference-server/upstream/engine.fixture.ts';
import type { JsonObject } from '../spec/json.ts';
import { anyValues, type Random } from './hostile-values.fixture.ts';
import { bytesChanged, hostileError, type HostileEngine, jsonType, oneOf, said, type Said, streamType } from './hostile-wire.fixture.ts';

/** The answers of an engine that is in order. */
export function soundAnswers(owner: string): HostileEngine['answers'] {
  return (path, body) => {
    const value: unknown = plainAnswers(owner)[path];
    if (value !== undefined) return said(jsonType, [JSON.stringify(value)]);
    if (path !== '/v1/chat/completions') return said(jsonType, ['{"detail":"Not Found"}'], 404);
    return body === '{}'
      ? said(jsonType, ['{"error":{"message":"messages: field required"}}'], 400)
      : said(jsonType, [JSON.stringify(whole)]);
  };
}

function plainAnswers(owner: string): Readonly<Record<string, unknown>> {
  return {
    '/v1/models': {
      object: 'list',
      data: ['m', 'n'].map((id) => ({ id, object: 'model', created: 1_760_000_000, owned_by: owner, max_model_len: 4096 })),
    },
    '/tokenize': { count: 9, tokens: [1, 2, 3, 4, 5, 6, 7, 8, 9], max_model_len: 4096 },
    '/apply-template': { prompt: 'user: Hi' },
    '/props': { default_generation_settings: { n_ctx: 4096 } },
  };
}

const whole = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello!', tool_calls: [] }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 3 },
};

/** A request, and the chunks of a sound answer to it. */
export interface Exchanged {
  readonly request: JsonObject;
  readonly chunks: readonly JsonObject[];
}

const tools = ['a', 'b'].map((name) => ({ name, description: 'A tool.', input_schema: { type: 'object' } }));
const early = { usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 } };
const timings = { timings: { cache_n: 4, prompt_n: 5, predicted_n: 3 } };
const role = chunk({ role: 'assistant', content: '' }, early);

export const exchanged: readonly Exchanged[] = [
  { request: {}, chunks: [role, chunk({ content: 'Hel' }), chunk({ content: 'lo' }), chunk({}, { finish: 'stop' }), usageChunk(9, 3)] },
  {
    request: { stop_sequences: ['END'] },
    chunks: [chunk({ content: 'one E' }), chunk({ content: 'ND two' }, timings), chunk({}, { finish: 'length' })],
  },
  {
    request: { thinking: { type: 'adaptive' } },
    chunks: [
      role,
      chunk({ reasoning_content: 'Hm' }),
      chunk({ reasoning: ', so' }),
      chunk({ content: 'Yes \u{1F600}' }),
      chunk({}, { finish: 'stop', ...early }),
    ],
  },
  {
    request: { tools },
    chunks: [
      role,
      chunk({ content: 'I look.' }),
      chunk(call(0, '', { id: 'c0', name: 'a' })),
      chunk(call(0, '{"city":')),
      chunk(call(0, ' "Paris"}')),
      chunk(call(1, '{"x": [1, {}]}', { id: 'c1', name: 'b' })),
      chunk({}, { finish: 'tool_calls' }),
      usageChunk(9, 20, { prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 } }),
    ],
  },
  {
    request: { tools, tool_choice: { type: 'any', disable_parallel_tool_use: true } },
    chunks: [chunk(call(0, '{"a"', { id: 'c', name: 'a' }), early), chunk(call(0, ': 1}')), chunk({}, { finish: 'tool_calls' })],
  },
  {
    request: { output_config: { format: { type: 'json_schema', schema: { type: 'object', additionalProperties: false } } } },
    chunks: [chunk({ content: '{' }, early), chunk({ content: '}' }), chunk({}, { finish: 'stop' })],
  },
  { request: {}, chunks: [whole] },
];

/** The answers of an engine that is in order, but for the reply to a chat, which is `reply`. */
export function replying(owner: string, reply: Said): HostileEngine['answers'] {
  const sound = soundAnswers(owner);
  return (path, body) => (path === '/v1/chat/completions' && body.includes('"stream":true') ? reply : sound(path, body));
}

/** Another answer for each state of the chance. */
export function hostileReply(chunks: readonly JsonObject[], random: Random): Said {
  const values = random() < 0.7 ? valuesChanged(chunks, random) : chunks;
  const events = values.map((value) => (typeof value === 'string' ? value : `data: ${JSON.stringify(value)}\n\n`));
  if (chunks.length === 1 && random() < 0.7) return bytesChanged(said(jsonType, [JSON.stringify(values[0] ?? null)]), random);
  const ends = oneOf([[done], [done], [done], [done, done], [], [done, ...events]], random);
  return bytesChanged(said(streamType, [...events, ...ends]), random);
}

/** Any JSON answer, its values or its bytes changed. */
export function hostileAnswer(owner: string, path: string, random: Random): Said {
  const value = anyValues(random, oneOf(rates, random))(plainAnswers(owner)[path] ?? whole);
  return bytesChanged(said(jsonType, [JSON.stringify(random() < 0.1 ? hostileError(random) : value)]), random);
}

const rates = [0, 0.02, 0.1, 0.3];

function valuesChanged(chunks: readonly JsonObject[], random: Random): readonly unknown[] {
  const change = anyValues(random, oneOf(rates, random));
  const events: unknown[] = chunks.map((one) => change(one));
  for (let times = Math.floor(random() * 4); times > 0; times -= 1) {
    const at = Math.floor(random() * events.length);
    oneOf(disorders, random)(events, at, random);
  }
  return events;
}

const disorders: readonly ((events: unknown[], at: number, random: Random) => void)[] = [
  (events, at) => void events.splice(at, 1),
  (events, at) => void events.splice(at, 0, events[at]),
  (events, at) => void events.push(...events.splice(at, 1)),
  (events, at, random) => void events.splice(at, 0, oneOf(strays, random)()),
  (events, at, random) => void events.splice(at, 0, oneOf(strays, random)()),
  (events, at, random) => void events.splice(at, 0, chunk(call(oneOf(indexes, random), oneOf(pieces, random), oneOf(starts, random)))),
  (events, at, random) => void events.splice(at, 0, chunk(call(oneOf(indexes, random), oneOf(pieces, random), oneOf(starts, random)))),
  (events, at, random) => void events.splice(at, 0, chunk({}, { finish: oneOf(finishes, random) })),
  (events, at, random) => void events.splice(at, 0, hostileError(random)),
  (events, at, random) =>
    void events.splice(at, 0, usageChunk(oneOf(counts, random), oneOf(counts, random), { reasoning_tokens: oneOf(counts, random) })),
];

const indexes = [0, 1, 2, 7, -1, 1.5, 1e21];
const pieces = [
  '',
  ' ',
  '{',
  '}',
  '{}',
  '{"a": 1}',
  '"',
  '[1]',
  'null',
  '{"a":',
  '{"__proto__": 1}',
  `{"a": ${'['.repeat(9000)}${']'.repeat(9000)}}`,
  '{"a": "\uD800"}',
  '\uD83D',
  '{"a": 1}{"a": 1}',
];
const starts = [
  {},
  {},
  { id: 'c0' },
  { id: 'c0', name: 'a' },
  { id: 'x', name: 'b' },
  { name: 'a' },
  { id: 'y', name: 'no such tool \n' },
  { id: 'z', name: '\uD800' },
];
const finishes = ['stop', 'length', 'tool_calls', 'content_filter', 'abort', '', 'toString', 'x'.repeat(100_000)];
const counts = [0, 1, 9, 4095, 4096, 2 ** 53 - 1, -1, 1.5];
const strays: readonly (() => unknown)[] = [
  () => ': comment\n\n',
  () => 'event: ping\ndata: {}\n\n',
  () => 'data\n\n',
  () => done,
  () => ({
    ...chunk({ content: 'more' }),
    choices: [
      { index: 1, delta: { content: 'other' } },
      { index: 0, delta: null },
    ],
  }),
  () => chunk({ content: null, tool_calls: null, reasoning_content: null }),
  () => chunk({ content: '\uD83D' }),
  () =>
    chunk({
      content: [
        { type: 'text', text: 'part' },
        { type: 'thinking', thinking: [] },
      ],
    }),
  () => chunk({ reasoning_content: ' \n', content: ' \n' }),
  () => chunk({ content: 'x'.repeat(300_000) }),
  () => chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'a', arguments: nested() } }] }),
  () =>
    chunk({
      tool_calls: Array.from({ length: 3000 }, (_, index) => ({ index, id: `c${index}`, function: { name: 'a', arguments: '{}' } })),
    }),
];

/** Deeper than JSON.stringify goes; put into the text as it is. */
function nested(): unknown {
  return JSON.parse(`${'[{"a":'.repeat(2000)}1${'}]'.repeat(2000)}`);
}
