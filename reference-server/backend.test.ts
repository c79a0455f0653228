import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend, BackendEvent, PromptTokens } from '../endpoint/backend.ts';
import type { CustomTool, MessagesRequest } from '../spec/index.ts';
import { createLlamaBackend } from './backend.ts';

let backend: Backend & AsyncDisposable;
beforeAll(async () => {
  backend = await createLlamaBackend({ seed: 1 });
});
afterAll(() => backend[Symbol.asyncDispose]());

type Request = Omit<MessagesRequest, 'model' | 'max_tokens'> & { readonly max_tokens?: number };

interface Answer {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly { readonly name: string; readonly json: string }[];
  readonly kinds: readonly string[];
  readonly prompt: number;
  readonly stop: Extract<BackendEvent, { type: 'stop' }>;
}

async function ask(request: Request, from = backend): Promise<Answer> {
  let text = '';
  let thinking = '';
  let prompt = 0;
  const calls: { name: string; json: string }[] = [];
  const kinds: string[] = [];
  for await (const event of from.generate({ model: 'tiny', max_tokens: 256, ...request }, new AbortController().signal)) {
    if (kinds.at(-1) !== event.type) kinds.push(event.type);
    if (event.type === 'start') prompt = event.prompt.input;
    else if (event.type === 'text') text += event.text;
    else if (event.type === 'thinking') thinking += event.thinking;
    else if (event.type === 'tool-start') calls.push({ name: event.name, json: '' });
    else if (event.type === 'tool-input') calls[calls.length - 1]!.json += event.json;
    else if (event.type === 'stop') return { text, thinking, calls, kinds, prompt, stop: event };
  }
  throw new Error('no stop');
}

function events(request: Request, signal: AbortSignal, from: Backend = backend): AsyncIterator<BackendEvent> & AsyncIterable<BackendEvent> {
  const iterator = from.generate({ model: 'tiny', max_tokens: 256, ...request }, signal)[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    return: () => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => iterator,
  };
}

const user = (content: string): Request['messages'] => [{ role: 'user', content }];
const weather: CustomTool = {
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  input_schema: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
};

const resultMarked: Request['messages'] = [
  { role: 'user', content: 'What is the weather in Paris?' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { location: 'Paris' } }] },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '18', cache_control: { type: 'ephemeral' } }] },
      { type: 'text', text: 'Answer in one word.' },
    ],
  },
];

describe('text', () => {
  test('a greeting is answered and ends by itself', async () => {
    const { text, stop, kinds } = await ask({ messages: user('Hello') });
    expect(text).not.toBe('');
    expect(stop).toMatchObject({ reason: 'end_turn' });
    expect(kinds).toEqual(['start', 'text', 'stop']);
  });

  test('simple words are repeated', async () => {
    const { text } = await ask({ messages: user('Repeat after me: one two three') });
    expect(text).toBe('one two three');
  });

  test.each([1, 2, 7])('max_tokens %i cuts after exactly that many tokens', async (max_tokens) => {
    const { stop } = await ask({ messages: user('Count to 100'), max_tokens });
    expect(stop).toMatchObject({ reason: 'max_tokens', outputTokens: max_tokens });
  });

  test('a stop sequence ends the text right before it and is named', async () => {
    const { text, stop } = await ask({ messages: user('Count to 20'), stop_sequences: ['zzz', '4, '] });
    expect(text).toBe('1, 2, 3, ');
    expect(stop).toMatchObject({ reason: 'stop_sequence', stopSequence: '4, ' });
  });

  test('a prefill is continued, not repeated', async () => {
    const { text } = await ask({ messages: [...user('Count to 6'), { role: 'assistant', content: '1, 2, 3,' }] });
    expect(text).not.toMatch(/^1/u);
  });

  test('the same request gives the same answer, also at a temperature with a seed', async () => {
    const request: Request = { messages: user('Write a story about a cat'), temperature: 1, max_tokens: 40 };
    await using seeded = await createLlamaBackend({ seed: 7 });
    expect((await ask(request, seeded)).text).toBe((await ask(request, seeded)).text);
  });
});

describe('structured output', () => {
  const schema = {
    type: 'object',
    properties: {
      note: { enum: ['sunny', 'grey'] },
      days: { type: 'integer' },
      wet: { type: 'boolean' },
      hours: { type: 'array', items: { enum: ['noon', 'night'] } },
    },
    required: ['days', 'wet', 'hours'],
    additionalProperties: false,
  };
  const fits = new Ajv2020({ strict: false }).compile(schema);
  const format = { output_config: { format: { type: 'json_schema', schema } } } as const;
  const names = (text: string): readonly string[] => Object.keys(JSON.parse(text) as object).slice(0, 3);

  test.each([0, 0.5, 1])('a reply at temperature %d is JSON of the schema, required properties first', async (temperature) => {
    const { text, stop } = await ask({ messages: user('Hello'), ...format, temperature });
    expect(fits(JSON.parse(text))).toBe(true);
    expect(names(text)).toEqual(['days', 'wet', 'hours']);
    expect(stop.reason).toBe('end_turn');
  });

  test('thinking comes first and is free', async () => {
    const { text, thinking, kinds } = await ask({ messages: user('How much is 2 plus 2?'), ...format, thinking: { type: 'adaptive' } });
    expect(thinking).not.toBe('');
    expect(kinds).toEqual(['start', 'thinking', 'signature', 'text', 'stop']);
    expect(text).toMatch(/^\{/u);
    expect(fits(JSON.parse(text))).toBe(true);
  });

  test('max_tokens cuts the JSON', async () => {
    const { text, stop } = await ask({ messages: user('Hello'), ...format, max_tokens: 3 });
    expect(text).toMatch(/^\{"/u);
    expect(stop).toMatchObject({ reason: 'max_tokens', outputTokens: 3 });
  });

  test('a reply is a call instead where a tool helps', async () => {
    const { calls, text, stop } = await ask({ messages: user('What is the weather in Paris?'), tools: [weather], ...format });
    expect(calls).toEqual([{ name: 'get_weather', json: '{"location": "Paris"}' }]);
    expect(text).toBe('');
    expect(stop.reason).toBe('tool_use');
  });
});

describe('tools', () => {
  test('a tool is called where it helps', async () => {
    const { calls, stop } = await ask({ messages: user('What is the weather in Paris?'), tools: [weather] });
    expect(calls.map(({ name }) => name)).toEqual(['get_weather']);
    expect(JSON.parse(calls[0]!.json)).toEqual({ location: 'Paris' });
    expect(stop.reason).toBe('tool_use');
  });

  test('several tools are called in one turn, each call held to its form', async () => {
    const { calls, stop } = await ask({ messages: user('What is the weather in Paris and Tokyo?'), tools: [weather] });
    expect(calls.map(({ json }) => JSON.parse(json) as unknown)).toEqual([{ location: 'Paris' }, { location: 'Tokyo' }]);
    expect(stop.reason).toBe('tool_use');
  });

  test('disable_parallel_tool_use leaves one call of several', async () => {
    const request: Request = { messages: user('What is the weather in Paris and Tokyo?'), tools: [weather] };
    expect((await ask({ ...request, tool_choice: { type: 'auto', disable_parallel_tool_use: true } })).calls.length).toBeLessThanOrEqual(1);
    expect((await ask({ ...request, tool_choice: { type: 'any', disable_parallel_tool_use: true } })).calls).toHaveLength(1);
  });

  test('any makes a call of an offered tool, whatever the prompt', async () => {
    const { calls, kinds, stop } = await ask({
      messages: user('Hello'),
      tools: [weather, { ...weather, name: 'get_time' }],
      tool_choice: { type: 'any' },
      max_tokens: 1000,
    });
    expect(kinds.slice(0, 3)).toEqual(['start', 'tool-start', 'tool-input']);
    expect(['get_weather', 'get_time']).toContain(calls[0]?.name);
    expect(stop.reason).toBe('tool_use');
  });

  test('none calls nothing and says something', async () => {
    const { calls, text, stop } = await ask({
      messages: user('What is the weather in Paris?'),
      tools: [weather],
      tool_choice: { type: 'none' },
    });
    expect(calls).toEqual([]);
    expect(text).not.toBe('');
    expect(stop.reason).toBe('end_turn');
  });

  test('a forced call that does not fit is cut, with its name', async () => {
    const { calls, stop } = await ask({
      messages: user('Hello'),
      tools: [weather],
      tool_choice: { type: 'tool', name: 'get_weather' },
      max_tokens: 2,
    });
    expect(calls).toHaveLength(1);
    expect(stop).toMatchObject({ reason: 'max_tokens', outputTokens: 2 });
  });

  test('an answer follows a tool result', async () => {
    const { text, calls, stop } = await ask({
      tools: [weather],
      messages: [
        ...user('What is the weather in Paris?'),
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { location: 'Paris' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '18°C and sunny' }] },
      ],
    });
    expect(calls).toEqual([]);
    expect(text).toContain('18');
    expect(stop.reason).toBe('end_turn');
  });

  const schemas: readonly [string, CustomTool['input_schema']][] = [
    ['no properties', { type: 'object' }],
    [
      'optional properties',
      { type: 'object', properties: { a: { type: 'integer' }, b: { enum: ['x y', 'z"'] }, c: { type: 'boolean' } }, required: ['b'] },
    ],
    [
      'nested objects',
      {
        type: 'object',
        properties: { where: { type: 'object', properties: { city: { type: 'string', maxLength: 9 } }, required: ['city'] } },
        required: ['where'],
      },
    ],
    [
      'arrays',
      { type: 'object', properties: { list: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 3 } }, required: ['list'] },
    ],
    [
      'alternatives',
      {
        type: 'object',
        properties: { id: { anyOf: [{ type: 'integer', minimum: 1, maximum: 9 }, { type: 'null' }, { const: 'all' }] } },
        required: ['id'],
      },
    ],
    [
      'recursion',
      {
        type: 'object',
        properties: { tree: { $ref: '#/$defs/tree' } },
        required: ['tree'],
        $defs: { tree: { type: 'object', properties: { name: { type: 'string' }, left: { $ref: '#/$defs/tree' } }, required: ['name'] } },
      },
    ],
    [
      'a circle of references',
      {
        type: 'object',
        properties: { x: { $ref: '#/$defs/x' } },
        required: ['x'],
        $defs: { x: { anyOf: [{ $ref: '#/$defs/x' }, { type: 'string' }] } },
      },
    ],
  ];

  test.each(schemas)('a forced call follows a schema with %s, even at a high temperature', async (title, input_schema) => {
    const isValid = title === 'a circle of references' ? (): boolean => true : new Ajv2020({ strict: false }).compile(input_schema);
    const tool: CustomTool = { name: 'use_it', input_schema };
    for (const temperature of [0, 1, 4]) {
      const { calls, stop } = await ask({
        messages: user('Tell me a joke'),
        tools: [tool],
        tool_choice: { type: 'tool', name: 'use_it', disable_parallel_tool_use: true },
        max_tokens: 2000,
        temperature,
      });
      expect(stop.reason).toBe('tool_use');
      const input: unknown = JSON.parse(calls[0]?.json ?? '');
      expect({ input, isValid: isValid(input) }).toEqual({ input, isValid: true });
    }
  });
});

describe('thinking', () => {
  const thinking = { type: 'enabled', budget_tokens: 1024 } as const;

  test('comes first, is signed, and its tokens are counted', async () => {
    const { kinds, thinking: thought, stop } = await ask({ messages: user('Say "yes"'), thinking });
    expect(kinds).toEqual(['start', 'thinking', 'signature', 'text', 'stop']);
    expect(thought).toBe(thought.trim());
    expect(stop.thinkingTokens).toBeGreaterThan(0);
    expect(stop.thinkingTokens).toBeLessThan(stop.outputTokens);
  });

  test('is closed when its budget is spent', async () => {
    const { kinds, stop } = await ask({ messages: user('Say "yes"'), thinking: { type: 'enabled', budget_tokens: 3 } });
    expect(kinds.slice(0, 4)).toEqual(['start', 'thinking', 'signature', 'text']);
    expect(stop.thinkingTokens).toBe(3);
  });

  test('is closed in any case after some time, and so is an answer that comes to no end', async () => {
    const messages = user('word '.repeat(2000));
    const thought = await ask({ messages, thinking: { type: 'adaptive' }, max_tokens: 4000 });
    expect(thought.stop).toMatchObject({ reason: 'end_turn', outputTokens: 640, thinkingTokens: 128 });
    const cut = await ask({ messages, max_tokens: 600 });
    expect(cut.stop).toMatchObject({ reason: 'max_tokens', outputTokens: 600 });
  });

  test('happens when left to the model', async () => {
    expect((await ask({ messages: user('Say "yes"'), thinking: { type: 'adaptive' } })).thinking).not.toBe('');
  });

  test('does not happen unless asked for', async () => {
    for (const choice of [{}, { thinking: { type: 'disabled' } }] as const) {
      expect((await ask({ messages: user('Say "yes"'), ...choice })).thinking).toBe('');
    }
  });

  test('of a kind that the model does not know is refused', async () => {
    await expect(ask({ messages: user('Hi'), thinking: { type: 'between_tools' } })).rejects.toMatchObject({ status: 400 });
  });
});

describe('tokens', () => {
  const requests: readonly [string, Request][] = [
    ['a greeting', { messages: user('Hello'), system: 'Be good.' }],
    ['tools', { messages: user('Hello'), tools: [weather] }],
    ['a forced tool', { messages: user('Hello'), tools: [weather], tool_choice: { type: 'tool', name: 'get_weather' } }],
    ['thinking', { messages: user('Hello'), thinking: { type: 'enabled', budget_tokens: 1024 } }],
  ];
  test.each(requests)('of %s are counted as they are used', async (_title, request) => {
    const { prompt } = await ask({ ...request, max_tokens: 1 });
    expect(await backend.countTokens({ model: 'tiny', ...request })).toBe(prompt);
  });

  test('a prompt that does not fit is refused with both numbers, before any token', async () => {
    await using small = await createLlamaBackend({ contextSize: 256 });
    await expect(ask({ messages: user('word '.repeat(1000)) }, small)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/^prompt is too long: \d+ tokens > 256 maximum$/u) as unknown,
    });
    expect(small.models()[0]).toMatchObject({ id: 'tiny', max_input_tokens: 256 });
  });

  test('an answer that fills the context ends there', async () => {
    await using small = await createLlamaBackend({ contextSize: 256 });
    const { prompt, stop } = await ask({ messages: user('Count to 100'), max_tokens: 5000 }, small);
    expect(stop).toMatchObject({ reason: 'model_context_window_exceeded', outputTokens: 256 - prompt });
  });
});

describe('several requests', () => {
  test('at once do not mix, on one sequence or on several', async () => {
    await using narrow = await createLlamaBackend({ sequences: 1, contextSize: 512 });
    await using wide = await createLlamaBackend({ sequences: 3, contextSize: 512 });
    const words = ['one two three', 'red green blue', 'cat dog bird', 'sun moon star', 'tea milk bread'];
    for (const from of [narrow, wide]) {
      const answers = await Promise.all(words.map((text) => ask({ messages: user(`Repeat after me: ${text}`) }, from)));
      const alone = [];
      for (const text of words) alone.push((await ask({ messages: user(`Repeat after me: ${text}`) }, from)).text);
      expect(answers.map(({ text }) => text)).toEqual(alone);
    }
  });

  test('more than the queue holds are refused with retry-after', async () => {
    await using narrow = await createLlamaBackend({ sequences: 1, longestQueue: 1, contextSize: 512 });
    const results = await Promise.allSettled([1, 2, 3].map(() => ask({ messages: user('Hello') }, narrow)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { type: 'overloaded_error', headers: { 'retry-after': '1' } } });
  });

  test('an abort ends the answer without a stop, and the sequence serves the next', async () => {
    const abort = new AbortController();
    const seen: string[] = [];
    for await (const event of backend.generate({ model: 'tiny', max_tokens: 2000, messages: user('Count to 100') }, abort.signal)) {
      seen.push(event.type);
      if (seen.length === 5) abort.abort();
    }
    expect(seen).toEqual(['start', 'text', 'text', 'text', 'text']);
    expect((await ask({ messages: user('Repeat after me: one two three') })).text).toBe('one two three');
  });

  test('a client that leaves while waiting, or simply stops reading, frees its place', async () => {
    await using narrow = await createLlamaBackend({ sequences: 1, contextSize: 512 });
    const abort = new AbortController();
    const running = events({ messages: user('Count to 100'), max_tokens: 400 }, new AbortController().signal, narrow);
    await running.next();
    const waiting = events({ messages: user('Hello') }, abort.signal, narrow).next();
    abort.abort();
    expect(await waiting).toMatchObject({ done: true });
    await running.return?.();
    expect((await ask({ messages: user('Hello') }, narrow)).stop.reason).toBe('end_turn');
  });

  test('a stream goes on while another prompt is read, and an abort in the middle of it frees its place', async () => {
    await using pair = await createLlamaBackend({ sequences: 2, contextSize: 8192 });
    const abort = new AbortController();
    const order: string[] = [];
    const reading = (async () => {
      for await (const { type } of events({ messages: user('word '.repeat(7000)), max_tokens: 9 }, abort.signal, pair))
        order.push(`long ${type}`);
      order.push('long over');
    })();
    for await (const { type } of events({ messages: user('Count to 100') }, new AbortController().signal, pair)) {
      order.push(type);
      if (order.length === 20) abort.abort();
    }
    await reading;
    expect(order.indexOf('long over')).toBeGreaterThanOrEqual(20);
    expect(order.indexOf('long over')).toBeLessThan(order.indexOf('stop'));
    expect(order).not.toContain('long text');
    const both = await Promise.all([ask({ messages: user('Hello') }, pair), ask({ messages: user('Hello') }, pair)]);
    expect(both.map(({ stop }) => stop.reason)).toEqual(['end_turn', 'end_turn']);
  });
});

describe('a prompt with a cache marker', () => {
  const marked = (text: string): NonNullable<Request['system']> => [{ type: 'text', text, cache_control: { type: 'ephemeral' } }];
  const promptOf = async (request: Request, from: Backend): Promise<PromptTokens> => {
    const started = events({ ...request, max_tokens: 1 }, new AbortController().signal, from);
    const { value } = await started.next();
    await started.return?.();
    if (value?.type !== 'start') throw new Error('no start');
    return value.prompt;
  };

  test('is written, then read; the sum is what was counted', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const request: Request = { system: marked('The lighthouse keeper winds the clockwork. '.repeat(10)), messages: user('Say hello.') };
    const counted = await fresh.countTokens({ model: 'tiny', ...request });
    await ask({ ...request, max_tokens: 1 }, fresh);
    // Same beginning up to the mark, another question behind it.
    const other = { ...request, messages: user('What is the time?') };
    const [again, changed] = [await promptOf(request, fresh), await promptOf(other, fresh)];
    expect(again.cacheRead).toBeGreaterThan(counted / 2);
    expect(again).toEqual({ input: counted - (again.cacheRead ?? 0), cacheCreation: 0, cacheRead: again.cacheRead });
    expect(changed.cacheRead).toBe(again.cacheRead);
  });

  test('of which nothing was read before counts as written up to the mark', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const request: Request = { system: marked('Be good.'), messages: user('A long question. '.repeat(20)) };
    const prompt = await promptOf(request, fresh);
    expect(prompt.cacheRead).toBe(0);
    expect(prompt.cacheCreation).toBeGreaterThan(3);
    expect(prompt.cacheCreation).toBeLessThan(30);
    expect(prompt.input + (prompt.cacheCreation ?? 0)).toBe(await fresh.countTokens({ model: 'tiny', ...request }));
  });

  test('is told by how long it is kept: for an hour what comes before such a marker, what was read not at all', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const text = 'The lighthouse keeper winds the clockwork. '.repeat(5);
    const hour: Request['system'] = [{ type: 'text', text, cache_control: { type: 'ephemeral', ttl: '1h' } }];
    const minutes: Request['messages'] = [{ role: 'user', content: [{ type: 'text', text, cache_control: { type: 'ephemeral' } }] }];
    const creation = async (request: Request): Promise<unknown> => {
      const started = events({ ...request, max_tokens: 0 }, new AbortController().signal, fresh);
      const { value } = await started.next();
      while ((await started.next()).done !== true);
      return value?.type === 'start' ? { ...value.usage?.cache_creation, all: value.prompt.cacheCreation } : undefined;
    };
    const system = await fresh.countTokens({ model: 'tiny', system: hour, messages: user('Hello') });
    const first = await creation({ system: hour, messages: user('Hello') });
    expect(first).toEqual({
      ephemeral_5m_input_tokens: 0,
      ephemeral_1h_input_tokens: expect.any(Number) as number,
      all: expect.any(Number) as number,
    });
    expect(first).toMatchObject({ ephemeral_1h_input_tokens: (first as { all: number }).all });
    expect((first as { all: number }).all).toBeGreaterThan(system / 2);
    const second = (await creation({ system: hour, messages: minutes })) as { all: number };
    expect(second).toEqual({ ephemeral_5m_input_tokens: second.all, ephemeral_1h_input_tokens: 0, all: second.all });
    expect(second.all).toBeGreaterThan(system / 2);
    const both = (await creation({ system: [{ ...hour[0]!, text: `Once more. ${text}` }], messages: minutes })) as Record<string, number>;
    expect(both['ephemeral_1h_input_tokens']).toBeGreaterThan(system / 2);
    expect(both['ephemeral_5m_input_tokens']).toBeGreaterThan(system / 2);
    expect(both['ephemeral_1h_input_tokens']! + both['ephemeral_5m_input_tokens']!).toBe(both['all']);
  });

  test('is read ahead with max_tokens 0, and generates nothing', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const request: Request = { system: marked('The lighthouse keeper winds the clockwork. '.repeat(10)), messages: user('Say hello.') };
    const ahead = await ask({ ...request, max_tokens: 0 }, fresh);
    expect(ahead).toMatchObject({ kinds: ['start', 'stop'], stop: { reason: 'max_tokens', outputTokens: 0 } });
    const counted = await fresh.countTokens({ model: 'tiny', ...request });
    expect((await promptOf(request, fresh)).cacheRead).toBeGreaterThan(counted / 2);
  });

  test.each([
    ['on the last tool', { tools: [{ ...weather, cache_control: { type: 'ephemeral' } }], messages: user('Hello') }],
    ['on the request', { cache_control: { type: 'ephemeral' }, messages: user('Hello') }],
    [
      'on the last block',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello', cache_control: { type: 'ephemeral' } }] }] },
    ],
    ['within a tool result', { tools: [weather], messages: resultMarked }],
  ] satisfies [string, Request][])('%s is counted too', async (_where, request) => {
    const prompt = await promptOf(request, backend);
    expect((prompt.cacheCreation ?? 0) + (prompt.cacheRead ?? 0)).toBeGreaterThan(3);
    expect(prompt.input).toBeGreaterThan(0);
  });

  test('without one nothing is told of a cache, although it is reused', async () => {
    const request = { messages: user('Hello') };
    await ask(request);
    expect(await promptOf(request, backend)).toEqual({
      input: await backend.countTokens({ model: 'tiny', ...request }),
      cacheCreation: 0,
      cacheRead: 0,
    });
  });
});
