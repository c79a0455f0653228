import Anthropic, { type APIError, InternalServerError, PermissionDeniedError, RateLimitError } from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { weather } from './ask.fixture.ts';
import { createMock, overloaded, rateLimited, refuse, say, stream, useTool, type Mock } from './index.ts';

const client = (mock: Mock, maxRetries = 0): Anthropic =>
  new Anthropic({ apiKey: 'test', authToken: null, baseURL: 'http://mock.invalid', maxRetries, fetch: mock.fetch });

const request = { model: 'claude-of-tests', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] };

describe('The official SDK on a scripted mock', () => {
  it('gets the class and the headers of an error', async () => {
    const mock = createMock()
      .once(rateLimited({ retryAfter: 7 }))
      .once(overloaded())
      .once(refuse('permission_error'));
    const limited: unknown = await client(mock)
      .messages.create(request)
      .catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(RateLimitError);
    expect((limited as RateLimitError).headers.get('retry-after')).toBe('7');
    expect((limited as RateLimitError).requestID).toBe(mock.requests[0]?.id);
    const busy: unknown = await client(mock)
      .messages.create(request)
      .catch((error: unknown) => error);
    expect([busy instanceof InternalServerError, (busy as APIError).status, (busy as APIError).type]).toStrictEqual([
      true,
      529,
      'overloaded_error',
    ]);
    await expect(client(mock).messages.create(request)).rejects.toBeInstanceOf(PermissionDeniedError);
  });

  it('can be scripted with what it gave, types included', async () => {
    const mock = createMock().once(
      say('Looking.')
        .useTool('get_weather', { city: 'Paris' })
        .block({ type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' }, caller: { type: 'direct' } })
        .block({ type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [], caller: { type: 'direct' } })
        .usage({ cache_read_input_tokens: 9 }),
    );
    const asked = { ...request, tools: [{ name: 'get_weather', input_schema: { type: 'object' as const } }] };
    const { content, usage, stop_reason } = await client(mock).messages.create(asked);
    const again = content.reduce((reply, block) => reply.block(block), stream()).usage(usage);
    mock.once(stop_reason === null ? again : again.stop(stop_reason));
    expect(await client(mock).messages.stream(asked).finalMessage()).toMatchObject({ content, usage, stop_reason });
  });

  it('can be scripted by functions that take its own types', async () => {
    const quoted = ({ messages, tools = [] }: Anthropic.MessageCreateParams): ReturnType<typeof say> =>
      say(`${messages.map(({ role }) => role).join(' ')}, ${tools.length} tools`);
    const isLong = ({ messages }: Anthropic.Beta.MessageCreateParams): boolean => messages.length > 2;
    const mock = createMock().otherwise(quoted);
    mock.when(isLong).reply(async ({ max_tokens }: Anthropic.MessageCreateParamsNonStreaming) => say(String(max_tokens)));
    // Without a type it is the protocol's own.
    mock.when({ lastUser: 'mine' }).reply(({ thread }) => say(JSON.stringify(thread ?? null)));
    const ask = async (...texts: readonly string[]): Promise<unknown> => {
      const messages = texts.map((content) => ({ role: 'user' as const, content }));
      return (await client(mock).messages.create({ ...request, messages })).content[0];
    };
    expect([await ask('a', 'b'), await ask('a', 'b', 'c'), await ask('mine')]).toMatchObject([
      { text: 'user user, 0 tools' },
      { text: '100' },
      { text: 'null' },
    ]);
    // @ts-expect-error -- a function of something else than a request
    mock.otherwise((count: number) => say(String(count)));
    // @ts-expect-error -- and of something that no request has
    mock.otherwise(({ prompt }: { readonly prompt: string }) => say(prompt));
  });

  it('retries what should be retried, and what is unmatched not at all', async () => {
    const mock = createMock()
      .once(overloaded({ retryAfter: 0 }))
      .once(say('Hello'));
    expect((await client(mock, 2).messages.create(request)).content).toMatchObject([{ text: 'Hello' }]);
    await expect(client(mock, 2).messages.create(request)).rejects.toThrow('All 2 once() replies are used up.');
    expect(mock.requests).toHaveLength(3);
  });

  it('sees an error in mid-stream', async () => {
    const mock = createMock().once(say('Half').fail('overloaded_error', 'Too much.'));
    const texts: string[] = [];
    const running = client(mock)
      .messages.stream(request)
      .on('text', (text) => texts.push(text));
    await expect(running.finalMessage()).rejects.toThrow(/overloaded_error.*Too much\./);
    expect(texts).toStrictEqual(['Half']);
  });

  it('sees a reset', async () => {
    const running = client(createMock().once(stream().text('abc').reset())).messages.stream(request);
    await expect(running.finalMessage()).rejects.toThrow('terminated');
  });

  it('follows a live stream', async () => {
    const mock = createMock();
    const live = mock.live();
    let text = '';
    const running = client(mock)
      .messages.stream(request)
      .on('text', (piece) => (text += piece));
    await live.text('par');
    expect(text).toBe('par');
    await live.text('tial');
    await live.end();
    expect(await running.finalText()).toBe('partial');
  });

  it('can abort, which the journal tells', async () => {
    const mock = createMock().once(say(['a', 'b', 'c', 'd', 'e']));
    const running = await client(mock).messages.create({ ...request, stream: true });
    for await (const { type } of running) if (type === 'content_block_delta') break;
    expect(mock.requests[0]).toMatchObject({ outcome: 'aborted', abortedAfter: { events: 3 } });
  });

  it('loops over a tool', async () => {
    const mock = createMock();
    mock.when({ lastUser: /weather/ }).reply(useTool('get_weather', { city: 'Paris' }));
    mock.when({ toolResult: 'get_weather' }).reply(say('It is sunny.'));
    const tools: Anthropic.Tool[] = [{ ...weather, input_schema: { type: 'object' } }];
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'The weather?' }];
    for (let turn = 0; turn < 2; turn += 1) {
      const { content } = await client(mock).messages.create({ ...request, tools, messages });
      const calls = content.filter((block) => block.type === 'tool_use');
      messages.push({ role: 'assistant', content });
      if (calls.length > 0)
        messages.push({ role: 'user', content: calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'sunny' })) });
    }
    expect(messages.at(-1)).toMatchObject({ content: [{ type: 'text', text: 'It is sunny.' }] });
    mock.verify();
  });
});
