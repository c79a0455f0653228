import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { headers } from './ask.fixture.ts';
import { createMock, say, type MockOptions } from './index.ts';

const { 'x-api-key': _, ...keyless } = headers;
const body = JSON.stringify({ model: 'mock-model', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });

async function statusWith(key: Readonly<Record<string, string>>, options: MockOptions = {}): Promise<number> {
  const mock = createMock(options).otherwise(say('Hello'));
  return (await mock.fetch('http://mock/v1/messages', { method: 'POST', headers: { ...keyless, ...key }, body })).status;
}

describe('A key', () => {
  test.each([
    [{ 'x-api-key': 'whatever' }, 200],
    [{ authorization: 'Bearer whatever' }, 200],
    [{ 'X-Api-Key': '', Authorization: 'bearer x' }, 200],
    [{}, 401],
    [{ 'x-api-key': '' }, 401],
    [{ 'x-api-key': ' ' }, 401],
    [{ authorization: 'Bearer ' }, 401],
    [{ authorization: 'Basic eDp5' }, 401],
  ])('may be any, but must be there: %j gets %d', async (key, status) => {
    expect(await statusWith(key)).toBe(status);
  });

  test('may be one of those that are named, or need not be there', async () => {
    expect(await statusWith({ 'x-api-key': 'a' }, { apiKeys: ['a', 'b'] })).toBe(200);
    expect(await statusWith({ 'x-api-key': 'c' }, { apiKeys: ['a', 'b'] })).toBe(401);
    expect(await statusWith({}, { apiKeys: [] })).toBe(200);
  });

  test('that is missing is told as the API tells it, and is in the journal', async () => {
    const mock = createMock().once(say('Hello'));
    const response = await mock.fetch('http://mock/v1/messages', { method: 'POST', headers: keyless, body });
    const id = response.headers.get('request-id');
    expect([response.status, response.headers.get('x-should-retry')]).toStrictEqual([401, 'false']);
    expect(await response.json()).toStrictEqual({
      type: 'error',
      error: {
        type: 'authentication_error',
        message: 'No key: send x-api-key or Authorization: Bearer. This mock takes any; createMock({ apiKeys: [] }) asks for none.',
      },
      request_id: id,
    });
    expect(mock.requests).toMatchObject([{ id, status: 401, outcome: 'error' }]);
    expect(() => mock.verify()).toThrow('Unused: once() #1');
  });

  test('is not asked of who looks whether a server is there', async () => {
    expect((await createMock().fetch('http://mock/', { method: 'HEAD' })).status).toBe(200);
  });

  test('is sent by the official SDK, whichever way it has it', async () => {
    const mock = createMock().otherwise(say('Hello'));
    const request = { model: 'mock-model', max_tokens: 9, messages: [{ role: 'user' as const, content: 'Hi' }] };
    for (const credentials of [
      { apiKey: 'test', authToken: null },
      { apiKey: null, authToken: 'test' },
    ]) {
      expect((await new Anthropic({ ...credentials, fetch: mock.fetch }).messages.create(request)).content).toMatchObject([
        { text: 'Hello' },
      ]);
    }
  });
});
