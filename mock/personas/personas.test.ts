// What each persona is known by, asked as its clients ask.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../spec/json.ts';
import { createMock } from '../index.ts';
import { personas, withPersona } from './index.ts';

const key = 'sk-persona-test';
const versioned = { 'anthropic-version': '2023-06-01' };
const bearer = { ...versioned, authorization: `Bearer ${key}` };
const hello = { model: 'mock-model', max_tokens: 64, messages: [{ role: 'user', content: 'Say hello.' }] };
const lamp = { name: 'lamp', input_schema: { type: 'object', properties: {} } };

interface Asking {
  readonly path?: string;
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(persona: string, { path = '/v1/messages', body, headers = bearer }: Asking): Promise<Response> {
  const { fetch } = withPersona(createMock({ apiKeys: persona === 'ollama' || persona === 'lm-studio' ? [] : [key] }), persona);
  return fetch(`http://mock.invalid${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe('A persona', () => {
  const rows: Readonly<Record<string, readonly [persona: string, asking: Asking, status: number, body: unknown]>> = {
    'vllm takes no x-api-key': ['vllm', { body: hello, headers: { ...versioned, 'x-api-key': key } }, 401, { error: 'Unauthorized' }],
    'vllm refuses a wrong body in the shape of OpenAI': [
      'vllm',
      { body: { ...hello, max_tokens: 0 } },
      400,
      { error: { type: 'Bad Request' } },
    ],
    'vllm names an exception for an unknown model': [
      'vllm',
      { body: { ...hello, model: 'no' } },
      404,
      { type: 'error', error: { type: 'NotFoundError' } },
    ],
    'vllm gives ids of chat completions': ['vllm', { body: hello }, 200, { id: expect.stringMatching(/^chatcmpl-/) }],
    'vllm lists models as OpenAI does': ['vllm', { path: '/v1/models' }, 200, { object: 'list' }],
    'lmdeploy wants a version': ['lmdeploy', { body: hello, headers: { authorization: bearer.authorization } }, 400, { type: 'error' }],
    'lmdeploy lists models at a path of its own': [
      'lmdeploy',
      { path: '/anthropic/v1/models' },
      200,
      { has_more: false, first_id: 'mock-model' },
    ],
    'lmdeploy lists OpenAI models at the usual path': ['lmdeploy', { path: '/v1/models' }, 200, { object: 'list' }],
    'lmdeploy refuses tool_choice none': [
      'lmdeploy',
      { body: { ...hello, tools: [lamp], tool_choice: { type: 'none' } } },
      400,
      { type: 'error' },
    ],
    'lmdeploy adds nulls of its own': ['lmdeploy', { body: hello }, 200, { output_ids: null }],
    'lm-studio answers 200 where there is nothing': [
      'lm-studio',
      { path: '/v1/nothing' },
      200,
      { error: 'Unexpected endpoint or method. (GET /v1/nothing)' },
    ],
    'lm-studio does not count': ['lm-studio', { path: '/v1/messages/count_tokens', body: hello }, 200, { error: expect.any(String) }],
    'sglang serves any name': ['sglang', { body: { ...hello, model: 'org/any' } }, 200, { type: 'message', model: 'org/any' }],
    'sglang refuses documents': [
      'sglang',
      {
        body: {
          ...hello,
          messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a' } }] }],
        },
      },
      400,
      { type: 'error', error: { type: 'invalid_request_error' } },
    ],
    'ollama ignores tool_choice': [
      'ollama',
      { body: { ...hello, tools: [lamp], tool_choice: { type: 'any' } } },
      200,
      { type: 'message', stop_reason: 'end_turn' },
    ],
    'ollama refuses max_tokens 0': ['ollama', { body: { ...hello, max_tokens: 0 } }, 400, { error: { type: 'invalid_request_error' } }],
    'ollama refuses wrong types': ['ollama', { body: { ...hello, top_k: 1.5 } }, 400, { error: { type: 'invalid_request_error' } }],
    'ollama takes roles that it does not know': [
      'ollama',
      { body: { ...hello, messages: [{ role: 'function', content: 'Say hello.' }] } },
      200,
      { type: 'message', model: 'mock-model' },
    ],
    'ollama takes a temperature out of range': ['ollama', { body: { ...hello, temperature: 7 } }, 200, { type: 'message' }],
    'ollama takes null for what may be left out': ['ollama', { body: { ...hello, tools: null } }, 200, { type: 'message' }],
    'ollama refuses images by URL': [
      'ollama',
      {
        body: {
          ...hello,
          messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://a.invalid/b.png' } }] }],
        },
      },
      400,
      { error: { type: 'invalid_request_error' } },
    ],
    'ollama tells of a missing model as OpenAI would': ['ollama', { path: '/v1/models/no' }, 404, { error: { param: null, code: null } }],
  };

  test.each(Object.entries(rows))('%s', async (_, [persona, asking, status, body]) => {
    const response = await ask(persona, asking);
    expect(await response.json()).toMatchObject(body as object);
    expect(response.status).toBe(status);
  });

  test('of Ollama has no route to count', async () => {
    const response = await ask('ollama', { path: '/v1/messages/count_tokens', body: hello });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      404,
      'text/plain',
      '404 page not found',
    ]);
  });

  test.each(['sglang', 'ollama'])('streams without null keys and signatures: %s', async (persona) => {
    const text = await (
      await ask(persona, { body: { ...hello, max_tokens: 2048, stream: true, thinking: { type: 'enabled', budget_tokens: 1024 } } })
    ).text();
    expect(text).toContain('"type":"thinking_delta"');
    expect(text).not.toContain('signature');
    expect(text).not.toContain('"stop_sequence":null');
    expect(text).toContain('"stop_reason":"end_turn"');
  });

  test('that serves any name of a model does so whatever the mock serves', async () => {
    const models = createMock()
      .models.slice(0, 1)
      .map((model) => Object.assign({}, model, { id: 'org/loaded' }));
    const { fetch } = withPersona(createMock({ models, apiKeys: [] }), 'sglang');
    for (const model of ['org/any', 'org/loaded', 'mock-model']) {
      const response = await fetch('http://mock.invalid/v1/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...hello, model }),
      });
      expect(await response.json()).toMatchObject({ type: 'message', model });
    }
  });

  test('is found by its name, or a near one is named', () => {
    const mock = createMock();
    expect(() => withPersona(mock, 'vlm')).toThrow(new RangeError('There is no persona "vlm"; did you mean vllm?'));
    expect(() => withPersona(mock, 'x')).toThrow('There is no persona "x"; there are vllm, lmdeploy, lm-studio, sglang, ollama.');
  });
});

test.each(personas.map((persona) => [persona.id, persona] as const))(
  '%s says of what it is an image, and where that is written',
  (_, { name, asOf, links, traits }) => {
    expect(name).not.toBe('');
    expect(asOf).toMatch(/2026/);
    expect(links.every((link) => link.startsWith('https://'))).toBe(true);
    expect(new Set(traits.map(({ sentence }) => sentence)).size).toBe(traits.length);
  },
);
