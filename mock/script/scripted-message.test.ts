import { describe, expect, it } from 'vitest';
import type { ContentBlock } from '../../spec/index.ts';
import { ask, events, eventsIn, post, readStream, streamed, weather } from '../ask.fixture.ts';
import {
  createMock,
  MockScriptError,
  overloaded,
  rateLimited,
  refuse,
  say,
  sendPlan,
  stream,
  think,
  useTool,
  type ScriptedMessage,
} from '../index.ts';

const deltas = async (message: ScriptedMessage, fields: Readonly<Record<string, unknown>> = {}): Promise<readonly unknown[]> =>
  (await events(createMock().once(message), fields)).filter(({ type }) => type === 'content_block_delta').map(({ delta }) => delta);

const search: ContentBlock = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'cats' } };
const found: ContentBlock = { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] };
const cited: ContentBlock = {
  type: 'text',
  text: 'Cats purr.',
  citations: [
    {
      type: 'char_location',
      cited_text: 'purr',
      document_index: 0,
      document_title: null,
      start_char_index: 0,
      end_char_index: 4,
      file_id: null,
    },
  ],
};

describe('A scripted message', () => {
  it('is said, with usage and a stop reason', async () => {
    expect(await ask(createMock().once(say('Hello')))).toMatchObject({
      content: [{ type: 'text', text: 'Hello', citations: null }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 8, output_tokens: 2 },
    });
  });

  it('has its blocks in the order of the script, and the same as a stream', async () => {
    const script = stream()
      .think('One.')
      .text('Two.')
      .think('Three.')
      .useTool('get_weather', { city: 'Paris' }, { id: 'toolu_1' })
      .redacted('xyz');
    const message = await ask(createMock().once(script), { tools: [weather] });
    expect(message.content.map(({ type }) => type)).toStrictEqual(['thinking', 'text', 'thinking', 'tool_use', 'redacted_thinking']);
    expect(message.content[3]).toMatchObject({ id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } });
    expect(message.stop_reason).toBe('tool_use');
    expect(await streamed(createMock().once(script), { tools: [weather] })).toStrictEqual(message);
  });

  it('is streamed in the deltas that it is given in', async () => {
    expect(await deltas(say(['Hel', 'lo, world']).say('!'))).toStrictEqual([
      { type: 'text_delta', text: 'Hel' },
      { type: 'text_delta', text: 'lo, world' },
      { type: 'text_delta', text: '!' },
    ]);
    const call = useTool('get_weather', { city: 'Rome' }, { fragments: ['{"city"', ':"Rome"}'] });
    expect(await deltas(call, { tools: [weather] })).toStrictEqual([
      { type: 'input_json_delta', partial_json: '' },
      { type: 'input_json_delta', partial_json: '{"city"' },
      { type: 'input_json_delta', partial_json: ':"Rome"}' },
    ]);
  });

  it('may have blocks as the API gives them, streamed as the API streams them', async () => {
    const script = say('Searching.').block(search).block(found).block(cited);
    const message = await ask(createMock().once(script));
    expect(message.content).toStrictEqual([{ type: 'text', text: 'Searching.', citations: null }, search, found, cited]);
    expect(message.stop_reason).toBe('end_turn');
    expect(await streamed(createMock().once(script))).toMatchObject({ content: message.content });
    expect((await deltas(script)).map((delta) => (delta as { type: string }).type)).toContain('citations_delta');
  });

  it('keeps two blocks of text apart where both are given as blocks', async () => {
    const plain: ContentBlock = { type: 'text', text: 'b' };
    const { content } = await ask(createMock().once(say('a').block(plain).text('c')));
    expect(content.map((block) => block.type === 'text' && block.text)).toStrictEqual(['a', 'bc']);
  });

  it('may say its own usage, stop reason and headers', async () => {
    const script = say('No.')
      .usage({ input_tokens: 5, cache_read_input_tokens: 100, output_tokens: 77, service_tier: 'priority' })
      .stop('refusal', { details: { type: 'refusal', category: 'bio', explanation: 'Too risky.' } })
      .header('x-extra', 'yes');
    const mock = createMock().once(script).once(script);
    const response = await post(mock);
    expect(response.headers.get('x-extra')).toBe('yes');
    expect(await response.json()).toMatchObject({
      usage: { input_tokens: 5, cache_read_input_tokens: 100, output_tokens: 77, service_tier: 'priority' },
      stop_reason: 'refusal',
      stop_details: { category: 'bio', explanation: 'Too risky.' },
    });
    expect(await streamed(mock)).toMatchObject({ usage: { input_tokens: 5, output_tokens: 77 }, stop_reason: 'refusal' });
  });

  it('is not changed by what is made of it', async () => {
    const hello = say('Hello');
    hello.say(' there').reset();
    expect(await ask(createMock().once(hello))).toMatchObject({ content: [{ text: 'Hello' }] });
  });
});

describe('A scripted message that breaks off', () => {
  it('sends an error event, and nothing after it', async () => {
    const sent = await events(createMock().once(say('Half').fail('overloaded_error')));
    expect(sent.at(-1)).toMatchObject({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
    expect(sent.map(({ type }) => type)).not.toContain('message_stop');
  });

  it('is that error where no stream was asked for', async () => {
    const response = await post(createMock().once(say('Half').fail('overloaded_error', 'Come back later.')));
    expect([response.status, (await response.json()).error.message]).toStrictEqual([529, 'Come back later.']);
  });

  it.each([
    ['reset', stream().text('abc').reset(), 'terminated'],
    ['truncated', stream().text('abc').truncate(), undefined],
  ])('can be %s, stream and body', async (_, script, broken) => {
    const mock = createMock().once(script).once(script);
    const half = await readStream(await post(mock, { stream: true }));
    expect(half.broken).toBe(broken);
    expect(eventsIn(half.text).map(({ type }) => type)).toStrictEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
    ]);
    const body = await readStream(await post(mock));
    expect(body.broken).toBe(broken);
    expect(() => JSON.parse(body.text)).toThrow(SyntaxError);
  });

  it('can send bytes that are no event', async () => {
    const { text } = await readStream(await post(createMock().once(stream().text('a').raw('data: {"ty').truncate()), { stream: true }));
    expect(text).toMatch(/text_delta.*\n\ndata: \{"ty$/);
  });

  it('can fall silent until the client leaves', async () => {
    const mock = createMock().once(stream().text('abc').stall());
    const reader = (await post(mock, { stream: true })).body?.getReader();
    for (let i = 0; i < 4; i += 1) await reader?.read();
    const silent = reader?.read();
    await reader?.cancel();
    expect(await silent).toStrictEqual({ done: true, value: undefined });
    expect(mock.requests[0]).toMatchObject({ outcome: 'stalled', abortedAfter: { frames: 4, events: 3 } });
  });
});

describe('A script that cannot be', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  it.each<[place: string, write: () => unknown]>([
    ['text(): must not be empty', () => say('')],
    ['text()[1]: must not be empty', () => say(['a', ''])],
    ['text(): must be a string or an array of strings, not an object', () => say({} as never)],
    ['think(): must not be empty', () => think('')],
    ['useTool().name: must not be empty', () => useTool('')],
    ['useTool().input: must be a JSON object, not an array', () => useTool('f', [] as never)],
    ['useTool().input.at: must be JSON, and Date is not', () => useTool('f', { at: new Date(0) })],
    ['useTool().input.n: must be JSON, and NaN is not', () => useTool('f', { n: Number.NaN })],
    ['useTool().input.self: must be JSON, and this refers to itself', () => useTool('f', cycle)],
    ['useTool().fragments: must concatenate to the input, {"a":1}, not to {"a"', () => useTool('f', { a: 1 }, { fragments: ['{"a"'] })],
    ['useTool().id: must be letters', () => useTool('f', {}, { id: 'a b' })],
    ['block().type', () => stream().block({ type: 'nonsense' } as never)],
    ['block().name', () => stream().block({ type: 'tool_use', id: 'a', input: {} } as never)],
    ['wait(): must be a number of at least 0, not -1', () => stream().wait(-1)],
    ['pace().ttft: must be a number of at least 0, not -5', () => stream().pace({ ttft: -5 })],
    ['pace().tokensPerSecond: must be', () => stream().pace({ tokensPerSecond: 0 })],
    ['pace().jitter', () => stream().pace({ jitter: 2 })],
    ['usage().output_tokens: must be', () => stream().usage({ output_tokens: -1 })],
    ['stop(): there is no stop reason "tired"', () => stream().stop('tired' as never)],
    ['stop().sequence: belongs to the reason "stop_sequence"', () => stream().stop('stop_sequence')],
    ['fail(): there is no error type "oops"', () => stream().fail('oops' as never)],
    ['text(): nothing can come after reset()', () => stream().reset().text('more')],
    ['header(): "a b" is not a header name', () => stream().header('a b', 'c')],
    ['refuse(): there is no error type "oops"', () => refuse('oops' as never)],
    ['refuse().status: must be an integer from 400 to 599, not 200', () => refuse('api_error', { status: 200 })],
    [
      "once(): must be a reply such as say('Hello'), or a function that returns one, not a string",
      () => createMock().once('Hello' as never),
    ],
    ['when(): must be an object', () => createMock().when('x' as never)],
    ['when().times(): must be a whole number, not 1.5', () => createMock().when({}).times(1.5)],
    ['pace().tsp: is unknown; known are ttft, tokensPerSecond, jitter, seed.', () => say('x').pace({ tsp: 5 } as never)],
    [
      'pace().ttf: is unknown; known are ttft, tokensPerSecond, jitter, seed. Did you mean "ttft"?',
      () => say('x').pace({ ttf: 5 } as never),
    ],
    ['pace().jitter: must be at most 1, not 2.', () => say('x').pace({ jitter: 2 })],
    [
      'refuse(): there is no error type "rate_limited_error". Did you mean "rate_limit_error"?',
      () => refuse('rate_limited_error' as never),
    ],
    ['refuse(): there is no error type { type: "api_error" }.', () => refuse({ type: 'api_error' } as never)],
    ['refuse().message: must be a string, not a number.', () => refuse('api_error', { message: 5 as never })],
    ['refuse().header: is unknown;', () => refuse('api_error', { header: {} } as never)],
    ['refuse().retryAfter: must be a number of at least 0, not -1.', () => refuse('api_error', { retryAfter: -1 })],
    ['refuse().headers: the value of a must be a string, not a number.', () => refuse('api_error', { headers: { a: 5 as never } })],
    ['overloaded().retryafter: is unknown; known are retryAfter. Did you mean "retryAfter"?', () => overloaded({ retryafter: 1 } as never)],
    ['rateLimited().limit: is unknown;', () => rateLimited({ limit: {} } as never)],
    ['limits.request: is unknown;', () => rateLimited({ limits: { request: { limit: 1, remaining: 0 } } as never })],
    ['fail(): there is no error type "overloaded". Did you mean', () => say('x').fail('overloaded' as never)],
    ['sendPlan(): must be a function, not a number.', () => sendPlan(5 as never)],
    [
      'useTool().name: must be at most 128 letters, digits, "_" and "-", as the API wants it, not "get weather".',
      () => useTool('get weather'),
    ],
    ['useTool().name: must be at most 128', () => useTool('x'.repeat(129))],
    ['useTool().fragment: is unknown; known are id, fragments.', () => useTool('f', {}, { fragment: ['{}'] } as never)],
    ['think().sig: is unknown', () => think('x', { sig: 'y' } as never)],
    ['stop().details: belongs to', () => say('x').stop('end_turn', { details: {} as never })],
    ['stop().sequnce: is unknown', () => say('x').stop('stop_sequence', { sequnce: 'a' } as never)],
    [
      'usage().cache_read_tokens: is unknown; known are input_tokens, output_tokens,',
      () => say('x').usage({ cache_read_tokens: 1 } as never),
    ],
    ['createMock().seeed: is unknown;', () => createMock({ seeed: 1 } as never)],
    ['createMock().honest: must be true or false, not "no".', () => createMock({ honest: 'no' as never })],
    [
      'createMock().honest.limit: is unknown; known are limits, tools. Did you mean "limits"?',
      () => createMock({ honest: { limit: false } as never }),
    ],
    ['createMock().honest.tools: must be true or false, not a number.', () => createMock({ honest: { tools: 0 as never } })],
    ['createMock().chaos.faults: must not be empty', () => createMock({ chaos: { probability: 1, faults: [] } })],
    ['createMock().chaos.probabilty: is unknown', () => createMock({ chaos: { probabilty: 1 } as never })],
    ['createMock().chaos.probability: must be at most 1, not 2.', () => createMock({ chaos: { probability: 2 } })],
    [
      'createMock().pace.tps: is unknown; known are ttft, tokensPerSecond, jitter, seed. Did you mean "tokensPerSecond"?',
      () => createMock({ pace: { tps: 5 } as never }),
    ],
    ['createMock().rateLimit.perMS: is unknown', () => createMock({ rateLimit: { requests: 1, perMS: 1 } as never })],
    ['createMock().models: must be an array, not a string.', () => createMock({ models: 'claude-x' as never })],
    ['createMock().models[0]: must be a model such as', () => createMock({ models: ['claude-x'] as never })],
    ['createMock().apiKeys: must be "any" or an array of keys, not a string.', () => createMock({ apiKeys: 'secret' as never })],
    ['createMock().apiKeys[0]: must not be empty.', () => createMock({ apiKeys: [''] })],
    ['createMock().journalSize: must be a whole number, not 1.5.', () => createMock({ journalSize: 1.5 })],
    [
      'createMock().validate: must be "strict" or "warn" or "off", not "of". Did you mean "off"?',
      () => createMock({ validate: 'of' as never }),
    ],
    ['createMock().clock: must be a clock', () => createMock({ clock: 5 as never })],
    ['when().times(): must be a number of at least 1, not 0', () => createMock().when({}).times(0)],
    ['createMock().pace.ttft', () => createMock({ pace: { ttft: -1 } })],
    ['chaos.probability', () => createMock({ chaos: { probability: 2 } })],
    ['chaos.faults: there is no fault "fire"', () => createMock({ chaos: { probability: 1, faults: ['fire' as never] } })],
    ['rateLimit.requests', () => createMock({ rateLimit: { requests: 0, perMs: 1 } })],
    ['createMock(): must be an object, not a Promise', () => createMock(Promise.resolve({}) as never)],
    ['createMock().models[0].self.self: must be JSON', () => createMock({ models: [{ id: 'a', ...cycle } as never] })],
    ['chaos.faults: there is no fault { self: { self:', () => createMock({ chaos: { probability: 1, faults: [cycle as never] } })],
    ['verify().scopes: must be true or false', () => createMock().verify({ scopes: 'x' as never })],
    ['once(): must be a reply', () => createMock().once({ kind: 'refusal' } as never)],
    [
      'live().send(): must be parts',
      () =>
        createMock()
          .live()
          .send('x' as never),
    ],
    ['fail(): there is no error type 10', () => stream().fail(10n as never)],
    ['refuse().status: must be an integer from 400 to 599, not Symbol(x)', () => refuse('api_error', { status: Symbol('x') as never })],
    ['refuse().headers: must be an object, not a Headers', () => refuse('api_error', { headers: new Headers({ a: 'b' }) as never })],
    ['refuse().details.at: must be JSON, and Date is not', () => refuse('api_error', { details: { at: new Date(0) } })],
    ['limits.requests.reset: must be a time', () => rateLimited({ limits: { requests: { limit: 1, remaining: 1, reset: 5 as never } } })],
    ['usage().iterations.self: must be JSON', () => stream().usage({ iterations: cycle as never })],
    ['stop(): there is no stop reason ["end_turn"]', () => stream().stop(['end_turn'] as never)],
    ['stop().sequence: must be a string', () => stream().stop('stop_sequence', { sequence: 5 as never })],
    ['stop().details: must be an object', () => stream().stop('refusal', { details: 'x' as never })],
    ['useTool().id: must be letters', () => useTool('f', {}, { id: 5 as never })],
    ['useTool().input["a.b"][0]: must be JSON', () => useTool('f', { 'a.b': [undefined, Number.NaN].slice(1) })],
    ['must not nest deeper than 1000 levels', () => useTool('f', { deep: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) })],
    [
      'block().content.self: must be JSON',
      () => stream().block({ type: 'web_search_tool_result', tool_use_id: 'a', content: cycle } as never),
    ],
  ])('is refused when it is written: %s', (message, write) => {
    expect(write).toThrow(MockScriptError);
    expect(write).toThrow(message);
  });
});
