import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { CustomTool } from '../spec/index.ts';
import { ask, type Request, user, weather } from './backend.fixture.ts';

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
