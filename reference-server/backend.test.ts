import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { ask, backend, type Request, user, weather } from './backend.fixture.ts';
import { createLlamaBackend } from './backend.ts';

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
