import Anthropic from '@anthropic-ai/sdk';
import { createMock, overloaded, say, type Mock } from 'messages-conformance/mock';
import { expect, test } from 'vitest';

const ask = (mock: Mock, maxRetries: number): Promise<Anthropic.Message> =>
  new Anthropic({ apiKey: 'test', fetch: mock.fetch, maxRetries }).messages.create({
    model: 'mock-model',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hi' }],
  });

const statuses = ({ requests }: Mock): readonly (number | undefined)[] => requests.map(({ status }) => status);

test('a client that is told "overloaded" asks again, and gets its answer', async () => {
  const mock = createMock();
  mock.once(overloaded({ retryAfter: 0.01 }));
  mock.once(say('Hello!'));
  expect((await ask(mock, 1)).content).toMatchObject([{ type: 'text', text: 'Hello!' }]);
  expect(statuses(mock)).toEqual([529, 200]);
  mock.verify();
});

test('a client that may not ask again gives up', async () => {
  const mock = createMock();
  mock.once(overloaded());
  await expect(ask(mock, 0)).rejects.toMatchObject({ status: 529, type: 'overloaded_error' });
  mock.verify();
});

test('a request that the script does not know fails at once, however often the client may retry', async () => {
  const mock = createMock();
  mock.when({ lastUser: /weather/ }).reply(say('It is sunny.'));
  await expect(ask(mock, 5)).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
  expect(statuses(mock)).toEqual([400]);
  expect(() => mock.verify()).toThrow(/Unmatched/);
});
