import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeClock, settled } from '../../endpoint/clock.fixture.ts';
import { ask, headers as validHeaders, post, refused, readStream } from '../ask.fixture.ts';
import { createMock, overloaded, rateLimited, refuse, say, stream, type ChaosFault, type MockOptions, type Pace } from '../index.ts';
import { Pacer } from './pace.ts';
import { seededRandom } from './random.ts';

/** When each text delta is due, from the plan itself. */
async function dueTimes(options: MockOptions, message = say(['a', 'b', 'c'])): Promise<readonly (number | undefined)[]> {
  const reply = await createMock(options)
    .once(message)
    .handle({
      method: 'POST',
      url: '/v1/messages',
      headers: [
        ['anthropic-version', '2023-06-01'],
        ['x-api-key', 'test'],
      ],
      body: JSON.stringify({ model: 'mock-model', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    });
  const dues: (number | undefined)[] = [];
  if (reply.kind === 'stream')
    for await (const { text, due } of reply.frames) if (/^event: (message_start|content_block_delta)/.test(text)) dues.push(due);
  return dues;
}

describe('Pace', () => {
  it('is none by default', async () => {
    expect(await dueTimes({})).toStrictEqual([undefined, undefined, undefined, undefined]);
  });

  it('gives each token its deadline, counted from the beginning', async () => {
    expect(await dueTimes({ pace: { ttft: 100, tokensPerSecond: 50 } })).toStrictEqual([100, 120, 140, 160]);
  });

  it('of a reply goes before the pace of the mock, and silence can be added', async () => {
    const message = stream().text('a').wait(500).text('b').pace({ ttft: 5 });
    expect(await dueTimes({ pace: { ttft: 100, tokensPerSecond: 50 } }, message)).toStrictEqual([5, 5, 505]);
  });

  it('varies with the seed, and is the same for the same', () => {
    const times = (pace: Pace): readonly number[] => {
      const pacer = new Pacer(pace, seededRandom(pace.seed ?? 0));
      return [1, 2, 3].map((tokens) => {
        pacer.spend(tokens);
        return pacer.due;
      });
    };
    const jittered = times({ tokensPerSecond: 100, jitter: 0.5, seed: 1 });
    expect(times({ tokensPerSecond: 100, jitter: 0.5, seed: 1 })).toStrictEqual(jittered);
    expect(times({ tokensPerSecond: 100, jitter: 0.5, seed: 2 })).not.toStrictEqual(jittered);
    expect(jittered[0]).toBeGreaterThanOrEqual(5);
    expect(jittered[0]).toBeLessThanOrEqual(15);
  });

  it('does not drift: what is late is made up for', async () => {
    const clock = fakeClock();
    const mock = createMock({ clock, pace: { tokensPerSecond: 10 } }).once(say(['a', 'b', 'c']));
    const reading = readStream(await post(mock, { stream: true }));
    await clock.advance(300);
    expect((await reading).broken).toBeUndefined();
    expect(mock.requests[0]?.frames.filter(({ text }) => text.includes('_delta"')).map(({ at }) => at)).toStrictEqual([100, 200, 300, 300]);
  });

  it('holds back a whole body too', async () => {
    const clock = fakeClock();
    const mock = createMock({ clock, pace: { ttft: 1000 } }).once(say('Hello'));
    let isThere = false;
    const asking = ask(mock).then((message) => {
      isThere = true;
      return message;
    });
    await clock.advance(999);
    expect(isThere).toBe(false);
    await clock.advance(1);
    expect(await asking).toMatchObject({ content: [{ text: 'Hello' }] });
  });

  it('follows the fake timers of a test runner, too, without being told', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const mock = createMock().once(say(['a', 'b']).pace({ ttft: 60_000, tokensPerSecond: 0.1 }));
    const texts: string[] = [];
    const reading = (async () => {
      const reader = (await post(mock, { stream: true })).body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
        texts.push(...(/"text_delta","text":"(\w+)"/.exec(read.value)?.slice(1) ?? []));
    })();
    const seen: string[] = [];
    for (const ms of [69_999, 1, 9999, 1]) {
      await vi.advanceTimersByTimeAsync(ms);
      seen.push(texts.join(''));
    }
    expect(seen).toStrictEqual(['', 'a', 'a', 'ab']);
    await reading;
  });

  it('of a generator that is late goes on from there, with pings while nothing comes', async () => {
    const clock = fakeClock();
    const { promise, resolve } = Promise.withResolvers<void>();
    const mock = createMock({ clock, pace: { tokensPerSecond: 10 }, pingIntervalMs: 400 }).otherwise(async function* () {
      await promise;
      yield 'a';
      yield 'b';
    });
    const reading = readStream(await post(mock, { stream: true }));
    await settled();
    await clock.advance(1000);
    resolve();
    await clock.advance(200);
    expect((await reading).text.match(/event: ping/g)).toHaveLength(3);
    expect(mock.requests[0]?.frames.filter(({ text }) => text.includes('text_delta')).map(({ at }) => at)).toStrictEqual([1100, 1200]);
  });
});

describe('An error before the stream', () => {
  it.each([
    [overloaded({ retryAfter: 3 }), 529, 'overloaded_error', { 'retry-after': '3' }],
    [overloaded(), 529, 'overloaded_error', { 'retry-after': null }],
    [
      rateLimited({
        retryAfter: 2,
        limits: { requests: { limit: 5, remaining: 0, reset: '2026-01-02T03:04:05Z' }, inputTokens: { limit: 9, remaining: 1 } },
      }),
      429,
      'rate_limit_error',
      {
        'retry-after': '2',
        'anthropic-ratelimit-requests-limit': '5',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-01-02T03:04:05Z',
        'anthropic-ratelimit-input-tokens-remaining': '1',
      },
    ],
    [refuse('authentication_error'), 401, 'authentication_error', { 'x-should-retry': 'false' }],
    [refuse('permission_error'), 403, 'permission_error', {}],
    [refuse('billing_error'), 402, 'billing_error', {}],
    [refuse('timeout_error'), 504, 'timeout_error', {}],
    [refuse('api_error', { status: 503, headers: { via: 'proxy' } }), 503, 'api_error', { via: 'proxy' }],
  ])('has its status and headers (%#)', async (refusal, status, type, headers) => {
    const response = await post(createMock().once(refusal), { stream: true });
    const body = await response.json();
    expect([response.status, body.error.type, body.request_id]).toStrictEqual([status, type, response.headers.get('request-id')]);
    expect(Object.fromEntries(Object.keys(headers).map((name) => [name, response.headers.get(name)]))).toStrictEqual(headers);
  });
});

describe('A rate limit error', () => {
  const retryAfter = async (options: MockOptions, refusal = refuse('rate_limit_error')): Promise<string | null> =>
    (await post(createMock(options).once(refusal))).headers.get('retry-after');

  it('says when to come back, wherever it comes from, unless the script says otherwise', async () => {
    expect(await retryAfter({})).toBe('1');
    expect(await retryAfter({}, refuse('rate_limit_error', { retryAfter: 7 }))).toBe('7');
    expect(await retryAfter({}, refuse('rate_limit_error', { headers: { 'Retry-After': '8' } }))).toBe('8');
    expect(await retryAfter({}, refuse('rate_limit_error', { retryAfter: false }))).toBeNull();
    expect(await retryAfter({}, refuse('overloaded_error'))).toBeNull();
    expect(await retryAfter({ chaos: { probability: 1, faults: ['rate_limit_error'] } })).toBe('1');
    const half = await post(createMock().once(say('Half').fail('rate_limit_error')));
    expect([half.status, half.headers.get('retry-after')]).toStrictEqual([429, '1']);
  });
});

describe('The rate limiter', () => {
  it.each<[name: string, options: MockOptions, script: (mock: ReturnType<typeof createMock>) => unknown, status: number]>([
    ['a refusal', {}, (mock) => mock.once(overloaded()), 529],
    ['a failure', {}, (mock) => mock.once(say('x').fail('api_error')), 500],
    ['a miss', {}, (mock) => mock.when({ lastUser: 'x' }).reply(say('x')), 400],
    ['chance', { chaos: { probability: 1, faults: ['timeout_error'] } }, () => undefined, 504],
  ])('tells what is left with %s, too', async (_, options, script, status) => {
    const mock = createMock({ clock: fakeClock(), rateLimit: { requests: 9, perMs: 1000 }, ...options });
    script(mock);
    const response = await post(mock);
    expect([response.status, response.headers.get('anthropic-ratelimit-requests-remaining')]).toStrictEqual([status, '8']);
  });

  it('is full again before the year 10000, also where it fills for ever', async () => {
    const mock = createMock({ clock: fakeClock(), rateLimit: { requests: 1, perMs: Number.MAX_SAFE_INTEGER } });
    expect((await post(mock)).headers.get('anthropic-ratelimit-requests-reset')).toBe('9999-12-31T23:59:59Z');
  });

  it('does not say what the script says itself', async () => {
    const mock = createMock({ clock: fakeClock(), rateLimit: { requests: 9, perMs: 1000 } });
    mock.once(rateLimited({ limits: { requests: { limit: 5, remaining: 0 } } }));
    mock.once(say('x').header('Anthropic-RateLimit-Requests-Remaining', '3'));
    expect((await post(mock)).headers.get('anthropic-ratelimit-requests-remaining')).toBe('0');
    expect((await post(mock)).headers.get('anthropic-ratelimit-requests-remaining')).toBe('3');
  });

  it('begins anew with the mock, as chance does', async () => {
    const mock = createMock({ clock: fakeClock(), rateLimit: { requests: 1, perMs: 1000 }, pace: { tokensPerSecond: 10, jitter: 1 } });
    const due = async (): Promise<readonly number[]> => {
      const reply = await mock.handle({
        method: 'POST',
        url: '/v1/messages',
        headers: Object.entries(validHeaders),
        body: JSON.stringify({ model: 'mock-model', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
      });
      const dues: number[] = [];
      if (reply.kind === 'stream') for await (const { due: at } of reply.frames) dues.push(at ?? 0);
      return dues;
    };
    const first = await due();
    expect(new Set(first).size).toBeGreaterThan(5);
    expect((await post(mock)).status).toBe(429);
    mock.reset();
    expect(await due()).toStrictEqual(first);
  });

  it('lets so many through, tells what is left, and fills up again', async () => {
    const clock = fakeClock();
    const mock = createMock({ clock, rateLimit: { requests: 2, perMs: 10_000 } }).otherwise(say('ok'));
    const first = await post(mock);
    expect(['limit', 'remaining', 'reset'].map((name) => first.headers.get(`anthropic-ratelimit-requests-${name}`))).toStrictEqual([
      '2',
      '1',
      '2026-01-01T00:00:05Z',
    ]);
    await post(mock);
    const third = await post(mock);
    expect([third.status, third.headers.get('retry-after'), third.headers.get('x-should-retry')]).toStrictEqual([429, '5', null]);
    await clock.advance(5000);
    expect((await post(mock)).status).toBe(200);
    expect((await post(mock)).status).toBe(429);
  });

  it('counts the tokens of prompts', async () => {
    const mock = createMock({ clock: fakeClock(), rateLimit: { requests: 9, perMs: 1000, tokens: 20 } }).otherwise(say('ok'));
    const statuses = [await post(mock), await post(mock), await post(mock)].map(({ status }) => status);
    expect(statuses).toStrictEqual([200, 200, 429]);
  });
});

describe('Chaos', () => {
  const outcomes = async (options: MockOptions): Promise<readonly unknown[]> => {
    const mock = createMock(options).otherwise(say('Hello there, this is long enough'));
    for (let i = 0; i < 40; i += 1) {
      const response = await post(mock, { stream: i % 2 === 0 });
      if (response.ok) await readStream(response);
    }
    return mock.requests.map(({ status, outcome }) => `${status} ${outcome}`);
  };

  it('strikes by chance, and in the same way for the same seed', async () => {
    const chaos = { probability: 0.5, faults: ['overloaded_error', 'reset', 'truncate'] as ChaosFault[] };
    const struck = await outcomes({ chaos, seed: 7 });
    expect(new Set(struck)).toStrictEqual(new Set(['200 completed', '529 error', '200 reset']));
    expect(struck.filter((outcome) => outcome !== '200 completed').length).toBeGreaterThan(8);
    expect(await outcomes({ chaos, seed: 7 })).toStrictEqual(struck);
    expect(await outcomes({ chaos, seed: 8 })).not.toStrictEqual(struck);
  });

  it('always or never strikes where it is told so', async () => {
    expect(new Set(await outcomes({ chaos: { probability: 0 } }))).toStrictEqual(new Set(['200 completed']));
    expect(await refused(createMock({ chaos: { probability: 1, faults: ['timeout_error'] } }))).toStrictEqual([
      504,
      'timeout_error',
      'The request timed out.',
    ]);
  });
});
