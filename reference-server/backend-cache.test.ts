import { describe, expect, test } from 'vitest';
import type { Backend, PromptTokens } from '../endpoint/backend.ts';
import { ask, backend, events, type Request, user, weather } from './backend.fixture.ts';
import { createLlamaBackend } from './backend.ts';

const resultMarked: Request['messages'] = [
  { role: 'user', content: 'What is the weather in Paris?' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { location: 'Paris' } }] },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '18', cache_control: { type: 'ephemeral' } }] },
      { type: 'text', text: 'Answer in one word.' },
    ],
  },
];

describe('a prompt with a cache marker', () => {
  const marked = (text: string): NonNullable<Request['system']> => [{ type: 'text', text, cache_control: { type: 'ephemeral' } }];
  const promptOf = async (request: Request, from: Backend): Promise<PromptTokens> => {
    const started = events({ ...request, max_tokens: 1 }, new AbortController().signal, from);
    const { value } = await started.next();
    await started.return?.();
    if (value?.type !== 'start') throw new Error('no start');
    return value.prompt;
  };

  test('is written, then read; the sum is what was counted', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const request: Request = { system: marked('The lighthouse keeper winds the clockwork. '.repeat(10)), messages: user('Say hello.') };
    const counted = await fresh.countTokens({ model: 'tiny', ...request });
    await ask({ ...request, max_tokens: 1 }, fresh);
    // Same beginning up to the mark, another question behind it.
    const other = { ...request, messages: user('What is the time?') };
    const [again, changed] = [await promptOf(request, fresh), await promptOf(other, fresh)];
    expect(again.cacheRead).toBeGreaterThan(counted / 2);
    expect(again).toEqual({ input: counted - (again.cacheRead ?? 0), cacheCreation: 0, cacheRead: again.cacheRead });
    expect(changed.cacheRead).toBe(again.cacheRead);
  });

  test('of which nothing was read before counts as written up to the mark', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const request: Request = { system: marked('Be good.'), messages: user('A long question. '.repeat(20)) };
    const prompt = await promptOf(request, fresh);
    expect(prompt.cacheRead).toBe(0);
    expect(prompt.cacheCreation).toBeGreaterThan(3);
    expect(prompt.cacheCreation).toBeLessThan(30);
    expect(prompt.input + (prompt.cacheCreation ?? 0)).toBe(await fresh.countTokens({ model: 'tiny', ...request }));
  });

  test('is told by how long it is kept: for an hour what comes before such a marker, what was read not at all', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const text = 'The lighthouse keeper winds the clockwork. '.repeat(5);
    const hour: Request['system'] = [{ type: 'text', text, cache_control: { type: 'ephemeral', ttl: '1h' } }];
    const minutes: Request['messages'] = [{ role: 'user', content: [{ type: 'text', text, cache_control: { type: 'ephemeral' } }] }];
    const creation = async (request: Request): Promise<unknown> => {
      const started = events({ ...request, max_tokens: 0 }, new AbortController().signal, fresh);
      const { value } = await started.next();
      while ((await started.next()).done !== true);
      return value?.type === 'start' ? { ...value.usage?.cache_creation, all: value.prompt.cacheCreation } : undefined;
    };
    const system = await fresh.countTokens({ model: 'tiny', system: hour, messages: user('Hello') });
    const first = await creation({ system: hour, messages: user('Hello') });
    expect(first).toEqual({
      ephemeral_5m_input_tokens: 0,
      ephemeral_1h_input_tokens: expect.any(Number) as number,
      all: expect.any(Number) as number,
    });
    expect(first).toMatchObject({ ephemeral_1h_input_tokens: (first as { all: number }).all });
    expect((first as { all: number }).all).toBeGreaterThan(system / 2);
    const second = (await creation({ system: hour, messages: minutes })) as { all: number };
    expect(second).toEqual({ ephemeral_5m_input_tokens: second.all, ephemeral_1h_input_tokens: 0, all: second.all });
    expect(second.all).toBeGreaterThan(system / 2);
    const both = (await creation({ system: [{ ...hour[0]!, text: `Once more. ${text}` }], messages: minutes })) as Record<string, number>;
    expect(both['ephemeral_1h_input_tokens']).toBeGreaterThan(system / 2);
    expect(both['ephemeral_5m_input_tokens']).toBeGreaterThan(system / 2);
    expect(both['ephemeral_1h_input_tokens']! + both['ephemeral_5m_input_tokens']!).toBe(both['all']);
  });

  test('is read ahead with max_tokens 0, and generates nothing', async () => {
    await using fresh = await createLlamaBackend({ sequences: 1, contextSize: 1024 });
    const request: Request = { system: marked('The lighthouse keeper winds the clockwork. '.repeat(10)), messages: user('Say hello.') };
    const ahead = await ask({ ...request, max_tokens: 0 }, fresh);
    expect(ahead).toMatchObject({ kinds: ['start', 'stop'], stop: { reason: 'max_tokens', outputTokens: 0 } });
    const counted = await fresh.countTokens({ model: 'tiny', ...request });
    expect((await promptOf(request, fresh)).cacheRead).toBeGreaterThan(counted / 2);
  });

  test.each([
    ['on the last tool', { tools: [{ ...weather, cache_control: { type: 'ephemeral' } }], messages: user('Hello') }],
    ['on the request', { cache_control: { type: 'ephemeral' }, messages: user('Hello') }],
    [
      'on the last block',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello', cache_control: { type: 'ephemeral' } }] }] },
    ],
    ['within a tool result', { tools: [weather], messages: resultMarked }],
  ] satisfies [string, Request][])('%s is counted too', async (_where, request) => {
    const prompt = await promptOf(request, backend);
    expect((prompt.cacheCreation ?? 0) + (prompt.cacheRead ?? 0)).toBeGreaterThan(3);
    expect(prompt.input).toBeGreaterThan(0);
  });

  test('without one nothing is told of a cache, although it is reused', async () => {
    const request = { messages: user('Hello') };
    await ask(request);
    expect(await promptOf(request, backend)).toEqual({
      input: await backend.countTokens({ model: 'tiny', ...request }),
      cacheCreation: 0,
      cacheRead: 0,
    });
  });
});
