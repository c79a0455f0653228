// Every family under the real engine: its grammars as llama.cpp reads them, its tokens, its prompt. What the model says makes no sense.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { BackendEvent } from '../../endpoint/backend.ts';
import type { CustomTool, MessagesRequest } from '../../spec/index.ts';
import { createLlamaBackend } from '../backend.ts';
import { dressedModel } from './dressed-model.fixture.ts';
import type { TemplateName } from './templates.fixture.ts';

const weather: CustomTool = {
  name: 'get_weather',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', maxLength: 12 }, days: { type: 'integer', minimum: 1, maximum: 9 } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
};
const time: CustomTool = { name: 'get_time', input_schema: { type: 'object' } };
const isWeather = new Ajv2020().compile(weather.input_schema);
const sum = {
  type: 'object',
  properties: { sum: { type: 'integer', minimum: 0, maximum: 99 } },
  required: ['sum'],
  additionalProperties: false,
};

interface Reply {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly { readonly name: string; readonly json: string }[];
  readonly kinds: readonly string[];
  readonly reason: string;
}

async function replyOf(events: AsyncIterable<BackendEvent>): Promise<Reply> {
  const calls: { name: string; json: string }[] = [];
  const kinds: string[] = [];
  let [text, thinking, reason] = ['', '', ''];
  for await (const event of events) {
    if (kinds.at(-1) !== event.type) kinds.push(event.type);
    if (event.type === 'text') text += event.text;
    else if (event.type === 'thinking') thinking += event.thinking;
    else if (event.type === 'tool-start') calls.push({ name: event.name, json: '' });
    else if (event.type === 'tool-input') calls[calls.length - 1]!.json += event.json;
    else if (event.type === 'stop') reason = event.reason;
  }
  return { text, thinking, calls, kinds, reason };
}

const names: readonly TemplateName[] = [
  ...(['llama', 'mistralList', 'mistralNamed', 'deepseekFenced', 'deepseek', 'harmony', 'gemma'] as const),
  ...(['gemma4', 'qwenXml', 'glm', 'glmLines', 'minimax', 'kimi'] as const),
];

describe.each(names)('a model in the dress of %s', (name) => {
  test('keeps to what it is held to', { timeout: 60_000 }, async () => {
    await using file = await dressedModel(name);
    await using backend = await createLlamaBackend({ path: file.path, threads: 1, contextSize: 2048, seed: 5 });
    const ask = (more: Partial<MessagesRequest>): Promise<Reply> => {
      const request: MessagesRequest = {
        model: name,
        max_tokens: 300,
        messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
        ...more,
      };
      return replyOf(backend.generate(request, new AbortController().signal));
    };

    for (const temperature of [0, 1]) {
      const tools = [weather, time];
      const chosen = await ask({ tools, temperature, tool_choice: { type: 'tool', name: 'get_weather', disable_parallel_tool_use: true } });
      expect(chosen).toMatchObject({ reason: 'tool_use', text: '', calls: [{ name: 'get_weather' }] });
      expect(isWeather(JSON.parse(chosen.calls[0]?.json ?? ''))).toBe(true);

      const any = await ask({
        tools: tools.map((tool) => ({ ...tool, strict: true })),
        temperature,
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
      });
      expect(any).toMatchObject({ reason: 'tool_use', calls: [{ name: expect.stringMatching(/^get_(?:weather|time)$/u) as unknown }] });

      const cut = await ask({ tools, temperature, tool_choice: { type: 'tool', name: 'get_weather' }, max_tokens: 3 });
      expect(cut).toMatchObject({ reason: 'max_tokens', text: '', calls: [{ name: 'get_weather' }] });

      const format = { type: 'json_schema', schema: sum } as const;
      const formed = await ask({ temperature, output_config: { format } });
      expect({ ...formed, value: JSON.parse(formed.text) as unknown }).toMatchObject({
        reason: 'end_turn',
        value: { sum: expect.any(Number) as unknown },
      });

      const either = await ask({ temperature, tools: [weather], output_config: { format } });
      if (either.calls.length === 0) expect(JSON.parse(either.text)).toHaveProperty('sum');
      else expect({ ...either, isValid: isWeather(JSON.parse(either.calls[0]?.json ?? '')) }).toMatchObject({ text: '', isValid: true });
    }

    const free = await ask({ tools: [weather], max_tokens: 100 });
    expect(free.thinking).toBe('');
    for (const { name: called } of free.calls) expect(called).toBe('get_weather');
  });
});

test.each<TemplateName>(['deepseekFenced', 'deepseek', 'harmony', 'gemma4', 'glm'])(
  'thinking of %s ends where its budget does, and an answer follows',
  async (name) => {
    await using file = await dressedModel(name);
    await using backend = await createLlamaBackend({ path: file.path, threads: 1, contextSize: 2048, seed: 5 });
    const request: MessagesRequest = {
      model: name,
      max_tokens: 200,
      messages: [{ role: 'user', content: 'Hello' }],
      thinking: { type: 'enabled', budget_tokens: 4 },
      output_config: { format: { type: 'json_schema', schema: sum } },
    };
    const reply = await replyOf(backend.generate(request, new AbortController().signal));
    expect(reply.kinds).toEqual(['start', 'thinking', 'signature', 'text', 'stop']);
    expect(JSON.parse(reply.text)).toHaveProperty('sum');
  },
);
