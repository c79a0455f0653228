// Chunk sequences as the engines send them, and the events that clients get for them.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../spec/json.ts';
import { call, chunk, done, sendChunks, startEngine, usageChunk } from './engine.fixture.ts';
import { talkTo, told } from './talk.fixture.ts';

interface Row {
  readonly title: string;
  readonly owner?: string;
  readonly request?: JsonObject;
  readonly chunks: readonly unknown[];
  readonly told: readonly string[];
}

const tools = ['a', 'b'].map((name) => ({ name, input_schema: { type: 'object' } }));
const thinking = { thinking: { type: 'adaptive' } };
const counted = (prompt: number, output: number): JsonObject => ({
  usage: { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output },
});

const rows: readonly Row[] = [
  {
    title: 'vLLM: text with running usage, and a chunk of usage alone',
    chunks: [
      chunk({ role: 'assistant', content: '' }, counted(9, 0)),
      chunk({ content: 'Hel' }, counted(9, 1)),
      chunk({ content: 'lo' }, counted(9, 2)),
      chunk({ content: '' }, { finish: 'stop', choice: { stop_reason: null }, ...counted(9, 3) }),
      usageChunk(9, 3),
      done,
    ],
    told: ['start 9', '+0 text', '"Hel"', '"lo"', '-0', 'end_turn 9/3'],
  },
  {
    title: 'vLLM: thinking under both of its names is told once, and is signed',
    request: thinking,
    chunks: [
      chunk({ role: 'assistant', content: '' }, counted(9, 0)),
      chunk({ reasoning: 'Hm', reasoning_content: 'Hm' }, counted(9, 1)),
      chunk({ reasoning: '.' }, counted(9, 2)),
      chunk({ content: '\n\n' }, counted(9, 3)),
      chunk({ content: 'Yes' }, { finish: 'stop', ...counted(9, 4) }),
      done,
    ],
    told: ['start 9', '+0 thinking', '"Hm"', '"."', 'signature_delta', '-0', '+1 text', '"Yes"', '-1', 'end_turn 9/4'],
  },
  {
    title: 'llama.cpp: what the model says before a forced call is left out, with the stop sequence in it',
    owner: 'llamacpp',
    request: { tools, tool_choice: { type: 'tool', name: 'a' }, stop_sequences: ['!'] },
    chunks: [
      chunk({ role: 'assistant', content: null }),
      chunk({ content: 'Hello! ' }, { timings: { cache_n: 4, prompt_n: 5, predicted_n: 2 } }),
      chunk(call(0, '{"x":1}', { id: 'U9dz', name: 'a' })),
      chunk({}, { finish: 'tool_calls' }),
      usageChunk(9, 7),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{"x":1}"', '-0', 'tool_use 9/7'],
  },
  {
    title: 'vLLM: thinking that nobody asked for is left out, and still counted',
    chunks: [chunk({ reasoning_content: 'Hm' }, counted(9, 1)), chunk({ content: 'Yes' }, { finish: 'stop', ...counted(9, 2) }), done],
    told: ['start 9', '+0 text', '"Yes"', '-0', 'end_turn 9/2'],
  },
  {
    title: 'vLLM: parallel calls whose fragments are interleaved become one block after the other',
    request: { tools },
    chunks: [
      chunk({ role: 'assistant', content: '' }, counted(9, 0)),
      chunk(call(0, '', { id: 'chatcmpl-tool-1', name: 'a' })),
      chunk(call(0, '{"x":')),
      chunk(call(1, '{"y"', { id: 'chatcmpl-tool-2', name: 'b' })),
      chunk(call(0, '1}')),
      chunk(call(1, ':2}')),
      chunk({}, { finish: 'tool_calls', ...counted(9, 8) }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{"x":"', '"1}"', '-0', '+1 tool_use b', '"{"y""', '":2}"', '-1', 'tool_use 9/8'],
  },
  {
    title: 'vLLM: a forced call ends for the reason "stop", and is a call all the same',
    request: { tools, tool_choice: { type: 'tool', name: 'a' } },
    chunks: [
      chunk(call(0, '{}', { id: 'chatcmpl-tool-1', name: 'a' }), counted(9, 1)),
      chunk({}, { finish: 'stop', ...counted(9, 2) }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{}"', '-0', 'tool_use 9/2'],
  },
  {
    title: 'vLLM: text and the whole call in one chunk (speculative decoding)',
    request: { tools },
    chunks: [
      chunk({ content: 'Let me see.', ...call(0, '{"x":1}', { id: 'c1', name: 'a' }) }, { finish: 'tool_calls', ...counted(9, 8) }),
      done,
    ],
    told: ['start 9', '+0 text', '"Let me see."', '-0', '+1 tool_use a', '"{"x":1}"', '-1', 'tool_use 9/8'],
  },
  {
    title: 'vLLM: a call cut by max_tokens that is called finished is cut (vllm#47761)',
    request: { tools, max_tokens: 5 },
    chunks: [chunk(call(0, '{"x": [1,', { id: 'c1', name: 'a' }), { finish: 'tool_calls', ...counted(9, 5) }), done],
    told: ['start 9', '+0 tool_use a', '"{"x": [1,"', '-0', 'max_tokens 9/5'],
  },
  {
    title: 'SGLang: calls that share an index are told apart by their ids (sglang#39782)',
    owner: 'sglang',
    request: { tools },
    chunks: [
      chunk({ role: 'assistant', content: null, reasoning_content: null, tool_calls: null }, counted(9, 0)),
      chunk(call(0, '{"x":1}', { id: 'call_1', name: 'a' })),
      chunk(call(0, '{"x":2}', { id: 'call_2', name: 'a' })),
      chunk({ content: null }, { finish: 'tool_calls', choice: { matched_stop: null }, ...counted(9, 8) }),
      usageChunk(9, 8, { reasoning_tokens: 0 }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{"x":1}"', '-0', '+1 tool_use a', '"{"x":2}"', '-1', 'tool_use 9/8'],
  },
  {
    title: 'SGLang: content on the chunk that ends the reply is not lost',
    owner: 'sglang',
    chunks: [chunk({ content: 'Hel' }, counted(9, 1)), chunk({ content: 'lo' }, { finish: 'length', ...counted(9, 50) }), done],
    told: ['start 9', '+0 text', '"Hel"', '"lo"', '-0', 'max_tokens 9/50'],
  },
  {
    title: 'llama.cpp: timings count while it generates, what was in its cache included',
    owner: 'llamacpp',
    chunks: [
      chunk({ role: 'assistant', content: null }, { timings: { cache_n: 4, prompt_n: 5, predicted_n: 1 } }),
      chunk({ content: 'Hi' }, { timings: { cache_n: 4, prompt_n: 5, predicted_n: 2 } }),
      chunk({}, { finish: 'stop', timings: { cache_n: 4, prompt_n: 5, predicted_n: 3 } }),
      { ...usageChunk(9, 3), timings: { cache_n: 4, prompt_n: 5, predicted_n: 3 } },
      done,
    ],
    told: ['start 9', '+0 text', '"Hi"', '-0', 'end_turn 9/3'],
  },
  {
    title: 'llama.cpp: the context is full before max_tokens',
    owner: 'llamacpp',
    request: { max_tokens: 4096 },
    chunks: [chunk({ content: 'Hi' }, { finish: 'length', ...counted(4090, 6) }), done],
    told: ['start 4090', '+0 text', '"Hi"', '-0', 'model_context_window_exceeded 4090/6'],
  },
  {
    title: 'a call without arguments, or with blanks for them, has none',
    request: { tools },
    chunks: [
      chunk(call(0, '', { id: 'c1', name: 'a' }), counted(9, 1)),
      chunk(call(1, ' ', { id: 'c2', name: 'b' })),
      chunk({}, { finish: 'tool_calls' }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '-0', '+1 tool_use b', '-1', 'tool_use 9/1'],
  },
  {
    title: 'arguments that come as an object, calls without index and id',
    request: { tools },
    chunks: [
      chunk({ tool_calls: [{ function: { name: 'a', arguments: { x: 1 } } }] }, counted(9, 1)),
      chunk({ tool_calls: [{ function: { name: 'b', arguments: '{}' } }] }, { finish: 'tool_calls' }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{"x":1}"', '-0', '+1 tool_use b', '"{}"', '-1', 'tool_use 9/1'],
  },
  {
    title: 'gaps between the indexes of calls; id, name and role repeated in every chunk; no finish_reason until the end',
    request: { tools },
    chunks: [
      chunk({ role: 'assistant', ...call(1, '{"x', { id: 'c1', name: 'a' }) }, { choice: { finish_reason: undefined }, ...counted(9, 1) }),
      chunk({ role: 'assistant', ...call(1, '":1}', { id: 'c1', name: 'a' }) }, { choice: { finish_reason: undefined } }),
      chunk({ role: 'assistant', ...call(4, '{"y', { id: 'c2', name: 'b' }) }, { choice: { finish_reason: '' } }),
      chunk({ role: 'assistant', ...call(4, '":2}', { id: 'c2', name: 'b' }) }),
      chunk({}, { finish: 'tool_calls', ...counted(9, 5) }),
      chunk({ role: 'assistant' }, { choice: { finish_reason: undefined } }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{"x"', '"":1}"', '-0', '+1 tool_use b', '"{"y"', '"":2}"', '-1', 'tool_use 9/5'],
  },
  {
    title: 'a second call is cut off where only one is wanted, although the engine ignores parallel_tool_calls',
    request: { tools, tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    chunks: [
      chunk(call(0, '{}', { id: 'c1', name: 'a' }), counted(9, 1)),
      chunk(call(1, '{}', { id: 'c2', name: 'b' }), counted(9, 2)),
      chunk({}, { finish: 'tool_calls', ...counted(9, 3) }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{}"', '-0', 'tool_use 9/2'],
  },
  {
    title: 'a stop sequence across chunks ends the reply, and none of it gets out',
    request: { stop_sequences: ['</end>'] },
    chunks: [
      chunk({ content: 'Yes </' }, counted(9, 2)),
      chunk({ content: 'en' }, counted(9, 3)),
      chunk({ content: 'd> no' }, counted(9, 4)),
      chunk({ content: ' never' }, { finish: 'stop', ...counted(9, 5) }),
      done,
    ],
    told: ['start 9', '+0 text', '"Yes "', '-0', 'stop_sequence </end> 9/4'],
  },
  {
    title: 'what only looked like a stop sequence comes out before a call',
    request: { tools, stop_sequences: ['</end>'] },
    chunks: [
      chunk({ content: 'Yes </en' }, counted(9, 2)),
      chunk(call(0, '{}', { id: 'c1', name: 'a' }), { finish: 'tool_calls', ...counted(9, 3) }),
      done,
    ],
    told: ['start 9', '+0 text', '"Yes "', '"</en"', '-0', '+1 tool_use a', '"{}"', '-1', 'tool_use 9/3'],
  },
  {
    title: 'blank text around calls is no block',
    request: { tools },
    chunks: [
      chunk({ content: '\n' }, counted(9, 1)),
      chunk(call(0, '{}', { id: 'c1', name: 'a' })),
      chunk({ content: '\n' }),
      chunk(call(1, '{}', { id: 'c2', name: 'b' })),
      chunk({ content: '\n' }, { finish: 'tool_calls' }),
      done,
    ],
    told: ['start 9', '+0 tool_use a', '"{}"', '-0', '+1 tool_use b', '"{}"', '-1', 'tool_use 9/1'],
  },
  {
    title: 'comments, empty choices, other choices and roles say nothing',
    chunks: [
      ': keep-alive\n\n',
      { ...chunk({}), choices: [] },
      chunk({ role: 'assistant' }, counted(9, 0)),
      { ...chunk({}), choices: [{ index: 1, delta: { content: 'No' } }] },
      'event: message\r\nid: 4\r\ndata: ',
      `${JSON.stringify(chunk({ content: 'Yes' }, { finish: 'stop', ...counted(9, 1) }))}\r\n\r\n`,
      done,
    ],
    told: ['start 9', '+0 text', '"Yes"', '-0', 'end_turn 9/1'],
  },
  {
    title: '[DONE] is missing, and the last blank line too',
    chunks: [chunk({ content: 'Yes' }, counted(9, 1)), `data: ${JSON.stringify(chunk({}, { finish: 'stop' }))}`],
    told: ['start 9', '+0 text', '"Yes"', '-0', 'end_turn 9/1'],
  },
  {
    title: 'halves of a character wait for each other, and one that stays alone is none',
    chunks: [
      chunk({ content: 'a\uD83D' }, counted(9, 1)),
      chunk({ content: '\uDE00b' }, counted(9, 2)),
      chunk({ content: '\uDE00\uD83D' }, { finish: 'stop', ...counted(9, 3) }),
      done,
    ],
    told: ['start 9', '+0 text', '"a"', '"\u{1F600}b"', '"\uFFFD"', '"\uFFFD"', '-0', 'end_turn 9/3'],
  },
  {
    title: 'a filter of the engine is a refusal',
    chunks: [chunk({ content: 'Well' }, { finish: 'content_filter', ...counted(9, 1) }), done],
    told: ['start 9', '+0 text', '"Well"', '-0', 'refusal 9/1'],
  },
];

test.each(rows)('$title', async ({ owner = 'vllm', request = {}, chunks, told: expected }) => {
  await using engine = await startEngine({ owner, chat: (response) => sendChunks(response, chunks) });
  await using client = await talkTo({ upstream: engine.url });
  expect(told(await client.stream(request))).toEqual(expected);
  // The same as one message: whoever does not stream misses nothing.
  const { status, body } = await client.create(request);
  const [reason] = (expected.at(-1) ?? '').split(' ');
  expect([status, (body as JsonObject)['stop_reason']]).toEqual([200, reason]);
});

describe('an engine that counts at the end alone', () => {
  const chunks = [chunk({ content: 'Yes' }, { finish: 'stop' }), usageChunk(9, 1), done];

  test('is asked for one token first where the reply streams, so that its start tells the truth', async () => {
    await using engine = await startEngine({
      owner: 'somebody',
      chat(response, body) {
        if (body['stream'] === true) return sendChunks(response, chunks);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ choices: [{ index: 0, message: { content: 'Y' }, finish_reason: 'length' }], ...counted(9, 1) }));
        return undefined;
      },
    });
    await using client = await talkTo({ upstream: engine.url });
    expect(told(await client.stream())).toEqual(['start 9', '+0 text', '"Yes"', '-0', 'end_turn 9/1']);
    expect(engine.chats().map(({ max_tokens: limit }) => limit)).toEqual([1, 50]);
  });

  test('is asked once where the reply is whole', async () => {
    await using engine = await startEngine({ owner: 'somebody', chat: (response) => sendChunks(response, chunks) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.create()).toMatchObject({ body: { content: [{ text: 'Yes' }], usage: { input_tokens: 9, output_tokens: 1 } } });
    expect(engine.chats()).toHaveLength(1);
  });
});

test('an engine that does not stream at all is read all the same', async () => {
  await using engine = await startEngine({
    chat(response) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          choices: [{ index: 0, message: { role: 'assistant', content: 'Yes' }, finish_reason: 'stop' }],
          ...counted(9, 1),
        }),
      );
    },
  });
  await using client = await talkTo({ upstream: engine.url });
  expect(told(await client.stream())).toEqual(['start 9', '+0 text', '"Yes"', '-0', 'end_turn 9/1']);
});

test('cached tokens are told where caching was asked for, and are part of the prompt', async () => {
  const usage = { usage: { prompt_tokens: 9, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 5 } } };
  await using engine = await startEngine({
    chat: (response) => sendChunks(response, [chunk({ content: 'Yes' }, { finish: 'stop', ...usage }), done]),
  });
  await using client = await talkTo({ upstream: engine.url });
  expect(await client.create({ cache_control: { type: 'ephemeral' } })).toMatchObject({
    body: { usage: { input_tokens: 4, cache_read_input_tokens: 5, cache_creation_input_tokens: 0 } },
  });
  expect(await client.create()).toMatchObject({ body: { usage: { input_tokens: 9, cache_read_input_tokens: 0 } } });
});
