import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { createMock, matchers, say, type Mock } from '../index.ts';
// What it adds to `expect` is what is tested.
// oxlint-disable-next-line import/no-unassigned-import
import './index.ts';

const weather = { name: 'get_weather', input_schema: { type: 'object', properties: {} } } as const;

/** A mock that was asked for a greeting, and then for the weather. */
async function asked(): Promise<Mock> {
  const mock = createMock();
  const { messages } = new Anthropic({ apiKey: 'test', authToken: null, maxRetries: 0, fetch: mock.fetch });
  const common = { model: 'mock-model', max_tokens: 50 };
  await messages.countTokens({ model: 'mock-model', messages: [{ role: 'user', content: 'Hi' }] });
  await messages.create({ ...common, messages: [{ role: 'user', content: 'Hi' }] });
  await messages.create({
    ...common,
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    tools: [weather],
    tool_choice: { type: 'auto' },
    messages: [{ role: 'user', content: [{ type: 'text', text: 'How is the sky?' }] }],
  });
  return mock;
}

function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(/\breq_\w+/g, 'req_x') : String(error);
  }
  throw new Error('the assertion holds');
}

describe('toHaveReceivedMessage', () => {
  test('asks for any message where nothing is said', async () => {
    expect(await asked()).toHaveReceivedMessage();
    expect(createMock()).not.toHaveReceivedMessage();
  });

  test('compares a part of the request as it was sent, at any depth', async () => {
    const mock = await asked();
    expect(mock).toHaveReceivedMessage({ tool_choice: { type: 'auto' }, system: [{ cache_control: { type: 'ephemeral' } }] });
    expect(mock).not.toHaveReceivedMessage({ tool_choice: { type: 'any' } });
  });

  test('speaks the language of rules', async () => {
    const mock = await asked();
    expect(mock).toHaveReceivedMessage({ lastUser: /sky/, header: { 'Anthropic-Version': /^20/ } });
    expect(mock).toHaveReceivedMessage(({ tools }) => tools?.length === 1);
    expect(mock).not.toHaveReceivedMessage({ lastUser: /sky/, tools: undefined });
  });

  test('takes asymmetric matchers', async () => {
    const mock = await asked();
    expect(mock).toHaveReceivedMessage({ tools: [{ name: expect.stringContaining('weather') }], max_tokens: expect.any(Number) });
    expect(mock).not.toHaveReceivedMessage({ max_tokens: expect.any(String) });
  });

  test('tells of the closest message, and where it differs first', async () => {
    const mock = await asked();
    const expected = { system: 'Be brief.', tool_choice: { type: 'tool', name: 'get_weather' }, max_tokens: 51 } as const;
    expect(messageOf(() => expect(mock).toHaveReceivedMessage(expected))).toMatchInlineSnapshot(`
      "None of 2 messages received is as expected. The closest, request req_x (POST /v1/messages, "How is the sky?"), differs in
        tool_choice.type
          expected: "tool"
          received: "auto"
      and in max_tokens"
    `);
  });

  test('tells that there was no message', async () => {
    const mock = createMock();
    expect(messageOf(() => expect(mock).toHaveReceivedMessage({ lastUser: 'Hi' }))).toMatchInlineSnapshot(
      `"Expected a message { lastUser: "Hi" }, but received no request at all."`,
    );
    await mock.fetch('http://mock/v1/models');
    expect(messageOf(() => expect(mock).toHaveReceivedMessage({ lastUser: 'Hi' }))).toMatchInlineSnapshot(
      `"Expected a message { lastUser: "Hi" }, but received only 1 request of another kind."`,
    );
  });

  test('refuses what no request can have, so that nothing passes by a slip of the pen', async () => {
    const mock = await asked();
    const misspelt = { lastuser: 'sky' } as object;
    expect(() => expect(mock).not.toHaveReceivedMessage(misspelt)).toThrow('toHaveReceivedMessage().lastuser: is no field of a request;');
    expect(() => expect(mock).toHaveReceivedMessage({ header: 'x-api-key' } as object)).toThrow('toHaveReceivedMessage().header: must be');
  });

  test('tells which message there should not have been', async () => {
    const mock = await asked();
    expect(messageOf(() => expect(mock).not.toHaveReceivedMessage({ lastUser: 'sky' }))).toMatchInlineSnapshot(`
      "Expected no message { lastUser: "sky" }, but received:
        request req_x (POST /v1/messages, "How is the sky?")"
    `);
  });

  test('can tell of requests that were refused, too', async () => {
    const mock = createMock();
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' },
    };
    await mock.fetch('http://mock/v1/messages', { ...post, body: '{"messages":[5]}' });
    expect(messageOf(() => expect(mock).toHaveReceivedMessage({ lastUser: 'Hi' }))).toMatchInlineSnapshot(`
      "The one message received, request req_x (POST /v1/messages), differs in
        request
          expected: a list of messages
          received: none"
    `);
  });
});

describe('toHaveBeenAborted', () => {
  test('knows a client that left, and after how many events', async () => {
    const mock = createMock();
    const live = mock.live();
    const client = new Anthropic({ apiKey: 'test', authToken: null, maxRetries: 0, fetch: mock.fetch });
    const answer = client.messages.stream({ model: 'mock-model', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] });
    const ended = answer.done().catch(() => 'failed');
    await live.text('Hel');
    answer.abort();
    expect(await ended).toBe('failed');
    const [entry] = mock.requests;
    expect(entry).toHaveBeenAborted();
    expect(entry).toHaveBeenAborted({ afterEvents: 3 });
    expect(entry).not.toHaveBeenAborted({ afterEvents: 4 });
    expect(messageOf(() => expect(entry).toHaveBeenAborted({ afterEvents: 4 }))).toMatchInlineSnapshot(
      `"Expected request req_x (POST /v1/messages, "Hi") to have been aborted after 4 events, but it was aborted after 3 events."`,
    );
    expect(messageOf(() => expect(entry).not.toHaveBeenAborted())).toMatchInlineSnapshot(
      `"Expected request req_x (POST /v1/messages, "Hi") not to have been aborted, but it was aborted after 3 events."`,
    );
  });

  test('says how the answer ended instead', async () => {
    const mock = await asked();
    expect(messageOf(() => expect(mock.requests[1]).toHaveBeenAborted())).toMatchInlineSnapshot(
      `"Expected request req_x (POST /v1/messages, "Hi") to have been aborted, but it is "completed"."`,
    );
    expect(messageOf(() => expect(mock.requests[9]).toHaveBeenAborted())).toMatchInlineSnapshot(
      `"Expected an aborted request, but there is no such request."`,
    );
  });
});

describe('toHaveNoUnmatchedRequests', () => {
  test('lists what the script did not answer', async () => {
    const mock = createMock();
    mock.when({ lastUser: 'weather' }).reply(say('Sunny'));
    expect(mock).toHaveNoUnmatchedRequests();
    const { messages } = new Anthropic({ apiKey: 'test', authToken: null, fetch: mock.fetch });
    const hi = { model: 'mock-model', max_tokens: 50, messages: [{ role: 'user' as const, content: 'Hi' }] };
    await expect(messages.create(hi)).rejects.toThrow('400');
    expect(mock).not.toHaveNoUnmatchedRequests();
    expect(messageOf(() => expect(mock).toHaveNoUnmatchedRequests())).toMatchInlineSnapshot(`
      "No entry of the script answers 1 request:
        request req_x (POST /v1/messages, "Hi")"
    `);
  });
});

test('The matchers are plain functions, as `expect.extend` of Jest wants them', async () => {
  const mock = await asked();
  const found = matchers.toHaveReceivedMessage(mock, { lastUser: /sky/ });
  expect([found.pass, found.message()]).toEqual([true, expect.stringContaining('Expected no message')]);
  expect(matchers.toHaveBeenAborted(mock.requests[0]).pass).toBe(false);
  expect(matchers.toHaveNoUnmatchedRequests(mock).pass).toBe(true);
});
