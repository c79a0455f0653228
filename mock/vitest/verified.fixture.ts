// Tests that are run by fixture.test.ts, some of which must fail.
import { expect, test as base } from 'vitest';
import { say, type Mock } from '../index.ts';
import { mockFixture } from './index.ts';

const test = base.extend(mockFixture({ model: 'claude-x' }));
const unverified = base.extend(mockFixture({ verify: false }));

const body = { model: 'claude-x', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] };
const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };
const post = { method: 'POST', headers, body: JSON.stringify(body) };

const ask = (mock: Mock): Promise<Response> => mock.fetch('http://mock/v1/messages', post);

let earlier: { readonly mock: Mock; readonly url: string } | undefined;

test('asks what is scripted', async ({ mock, baseURL }) => {
  mock.once(say('Hello'));
  expect((await fetch(`${baseURL}/v1/messages`, post)).status).toBe(200);
  expect(mock).toHaveReceivedMessage({ model: 'claude-x' });
  earlier = { mock, url: baseURL };
});

test('has a mock of its own, and the port of the other is closed', async ({ mock }) => {
  expect(earlier?.mock).not.toBe(mock);
  expect(mock.requests).toEqual([]);
  await expect(fetch(earlier?.url ?? '')).rejects.toThrow('fetch failed');
});

test('asks what is not scripted', async ({ mock }) => {
  mock.when({ lastUser: /weather/ }).reply(say('Sunny'));
  expect((await ask(mock)).status).toBe(400);
});

test('leaves an entry of the script unused', ({ mock }) => {
  mock.once(say('Hello'));
  expect(mock).toHaveNoUnmatchedRequests();
});

test('fails by itself', async ({ mock }) => {
  await ask(mock);
  expect(mock).toHaveReceivedMessage({ model: 'claude-y', max_tokens: 10 });
});

unverified('leaves an entry unused, and nobody asks', ({ mock }) => {
  mock.once(say('Hello'));
  expect(mock).not.toHaveReceivedMessage();
});
