import { getResponse } from 'msw';
import { describe, expect, test } from 'vitest';
import { createMock, say } from '../index.ts';
import { handlers } from './index.ts';

const headers = { 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };

/** The status of the answer; undefined where the handlers leave the request to others. */
async function statusOf(url: string, init: RequestInit = {}, baseUrl?: string): Promise<number | undefined> {
  const added = handlers(createMock(), baseUrl === undefined ? {} : { baseUrl });
  return (await getResponse(added, new Request(url, { headers, ...init })))?.status;
}

describe('The handlers answer', () => {
  test.each([
    ['GET', 'https://api.anthropic.com/v1/models', 200],
    ['GET', 'https://api.anthropic.com/v1/models/mock-model?beta=true', 200],
    ['GET', 'https://api.anthropic.com//v1/models', 200],
    ['HEAD', 'https://api.anthropic.com/v1/models', 200],
    ['HEAD', 'https://api.anthropic.com/', 200],
    ['HEAD', 'https://api.anthropic.com/api/hello', 200],
    ['POST', 'https://api.anthropic.com/v1/messages', 400],
    ['POST', 'https://api.anthropic.com/v1/messages/count_tokens', 400],
    ['GET', 'https://api.anthropic.com/v1/models/%E0%A4%A', 400],
    ['DELETE', 'https://api.anthropic.com/v1/messages', 405],
    ['GET', 'https://api.anthropic.com/v1/weather', 404],
  ])('%s %s with %d', async (method, url, status) => {
    expect(await statusOf(url, { method })).toBe(status);
  });

  test.each([
    ['GET', 'https://api.anthropic.com/'],
    ['GET', 'https://api.anthropic.com/v1'],
    ['POST', 'https://api.anthropic.com/oauth/token'],
    ['GET', 'https://api.anthropic.com.example/v1/models'],
    ['GET', 'https://api-anthropic.com/v1/models'],
    ['GET', 'http://api.anthropic.com/v1/models'],
    ['GET', 'https://api.anthropic.com:8443/v1/models'],
  ])('nothing to %s %s', async (method, url) => {
    expect(await statusOf(url, { method })).toBeUndefined();
  });
});

describe('A base URL', () => {
  test.each([
    ['http://localhost:8080', 'http://localhost:8080/v1/models'],
    ['http://localhost:8080/', 'http://localhost:8080/v1/models'],
    ['http://[::1]:8080', 'http://[::1]:8080/v1/models'],
    ['https://gateway.example/anthropic', 'https://gateway.example/anthropic/v1/models'],
    ['https://gateway.example/a+b.c/', 'https://gateway.example/a+b.c/v1/models'],
    ['HTTPS://Gateway.Example:443', 'https://gateway.example/v1/models'],
  ])('may be %s', async (baseUrl, url) => {
    expect(await statusOf(url, {}, baseUrl)).toBe(200);
  });

  test('is where the handlers end', async () => {
    expect(await statusOf('https://gateway.example/v1/models', {}, 'https://gateway.example/anthropic')).toBeUndefined();
    expect(await statusOf('https://gateway.example/a-b/v1/models', {}, 'https://gateway.example/a.b')).toBeUndefined();
  });

  test.each(['anthropic', 'localhost:8080', '', 'ftp://gateway.example'])('cannot be %j', (baseUrl) => {
    expect(() => handlers(createMock(), { baseUrl })).toThrow(
      `handlers().baseUrl: must be a URL such as "https://gateway.example/anthropic", not ${JSON.stringify(baseUrl)}.`,
    );
  });
});

test('Requests below a path reach the mock whole, and its journal knows nothing of the path', async () => {
  const mock = createMock().once(say('It rains.'));
  const body = JSON.stringify({ model: 'mock-model', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] });
  const request = new Request('https://gateway.example/anthropic/v1/messages?beta=true', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  const response = await getResponse(handlers(mock, { baseUrl: 'https://gateway.example/anthropic' }), request);
  expect(await response?.json()).toMatchObject({ content: [{ text: 'It rains.' }] });
  expect(mock.requests).toMatchObject([{ url: 'https://gateway.example/v1/messages?beta=true', rawBody: body, outcome: 'completed' }]);
});

test('A failure of the mock itself is not hidden', async () => {
  const broken = handlers({ fetch: () => Promise.reject(new Error('broken')) });
  await expect(getResponse(broken, new Request('https://api.anthropic.com/v1/models'))).rejects.toThrow('broken');
});
