import { expect, test } from 'vitest';
import { createFetch } from '../../endpoint/index.ts';
import { createMock, say } from '../index.ts';
import { knownFaults } from './catalogue.ts';
import { withKnownFaults } from './index.ts';
import { inject } from './inject.ts';

const ask = (fetcher: typeof fetch): Promise<string> =>
  fetcher('http://mock.invalid/v1/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'k' },
    body: JSON.stringify({ model: 'mock-model', max_tokens: 99, stream: true, messages: [{ role: 'user', content: 'Hi.' }] }),
  }).then((response) => response.text());

test('a fault spoils the answers to any client, not only to the requests of the suite', async () => {
  const mock = createMock();
  mock.otherwise(say('Hello.'));
  const faulty = withKnownFaults(mock, 'index-from-1');
  expect(await ask(faulty.fetch)).toContain('"index":1');
});

test('a sample of a fault leaves other requests alone', async () => {
  const mock = createMock();
  mock.otherwise(say('Hello.'));
  const faults = knownFaults.filter(({ id }) => id === 'index-from-1');
  expect(await ask(createFetch(inject(mock, faults, 'sample')))).toContain('"index":0');
});

test('several faults act together, the first nearest to the server', async () => {
  const text = await ask(withKnownFaults(createMock(), 'index-from-1', 'no-message-stop').fetch);
  expect(text).toContain('"index":1');
  expect(text).not.toContain('message_stop');
});

test('a fault that is not known is named, with the nearest', () => {
  expect(() => withKnownFaults(createMock(), 'index-from-2')).toThrow(/^There is no fault "index-from-2"; did you mean index-from-1\?$/);
});

test('ids of faults are kebab-case and their own', () => {
  const ids = knownFaults.map(({ id }) => id);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every fault says in a sentence what the server does', () => {
  expect(knownFaults.filter(({ sentence }) => !/^\S.+\.$/.test(sentence)).map(({ id }) => id)).toEqual([]);
});
