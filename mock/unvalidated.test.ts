// Where nothing is validated, or a mistake is only told of, a body may hold anything: it is answered or refused, and never breaks the mock.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../spec/json.ts';
import { changed } from '../suites/errors/change.ts';
import { createMock } from './index.ts';

const call = { type: 'tool_use', id: 'toolu_1', name: 'set_lamp', input: { state: 'on' } };
const base: JsonObject = {
  model: 'mock-model',
  max_tokens: 16,
  system: [{ type: 'text', text: 'Be brief.' }],
  stop_sequences: ['x'],
  thinking: { type: 'enabled', budget_tokens: 1024 },
  output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
  tools: [{ name: 'set_lamp', input_schema: { type: 'object' } }],
  tool_choice: { type: 'auto' },
  messages: [
    { role: 'user', content: 'Set the lamp.' },
    { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }, call] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'It is on.' }] },
  ],
};

const places = [
  '/model',
  '/max_tokens',
  '/system',
  '/stop_sequences',
  '/thinking',
  '/thinking/type',
  '/output_config',
  '/output_config/format',
  '/output_config/format/schema',
  '/tools',
  '/tools/0',
  '/tools/0/name',
  '/tools/0/input_schema',
  '/tool_choice',
  '/messages',
  '/messages/0',
  '/messages/0/content',
  '/messages/1/content/0/signature',
  '/messages/1/content/1/id',
  '/messages/2/content/0/content',
] as const;
const values = [undefined, null, '', 'text', 7, true, [], {}, [null], [7]];

describe.each(['off', 'warn', 'strict'] as const)('with validate: %s', (validate) => {
  const { fetch } = createMock({ apiKeys: [], validate });
  const answered = async (path: string, body: JsonObject): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
    const response = await fetch(`http://mock.invalid${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    return text.includes('api_error') ? `${response.status} ${text}` : 'well';
  };

  test.each(places)('whatever stands at %s is no fault of the mock', async (pointer) => {
    const bodies = values.map((value) => changed(base, value === undefined ? { pointer, remove: true } : { pointer, value }));
    for (const body of bodies) {
      for (const stream of [undefined, true]) {
        expect([body, await answered('/v1/messages', { ...body, ...(stream === undefined ? {} : { stream }) })]).toEqual([body, 'well']);
      }
      expect([body, await answered('/v1/messages/count_tokens', body)]).toEqual([body, 'well']);
    }
  });

  test('a tool without a name is called by nobody', async () => {
    const body = { ...base, tools: [{ input_schema: { type: 'object' } }], tool_choice: { type: 'any' } };
    expect(await answered('/v1/messages', body)).toBe('well');
  });
});
