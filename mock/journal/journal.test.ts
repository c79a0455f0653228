import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../endpoint/clock.fixture.ts';
import { ask, headers, post, readStream } from '../ask.fixture.ts';
import { createMock, refuse, say, stream, type JournalEntry, type Mock } from '../index.ts';
import { isReadable } from '../readable.ts';
import { listen } from '../node.ts';

const outcome = ({ requests }: Mock): unknown => {
  const { outcome: ended, abortedAfter } = requests.at(-1) ?? ({} as JournalEntry);
  return abortedAfter === undefined ? ended : [ended, abortedAfter];
};

describe('The journal', () => {
  it('tells what was asked, with keys redacted', async () => {
    const mock = createMock({ clock: fakeClock() }).once(say('Hello'));
    const body = '{ "model": "mock-model", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}] }';
    const secret = { ...headers, Authorization: 'Bearer secret', cookie: 'a=secret', 'X-Other': 'kept' };
    const response = await mock.fetch('http://mock/v1/messages?beta=true', { method: 'POST', headers: secret, body });
    const [entry] = mock.requests;
    expect(entry).toMatchObject({
      id: response.headers.get('request-id'),
      at: 0,
      method: 'POST',
      url: 'http://mock/v1/messages?beta=true',
      rawBody: body,
      body: { model: 'mock-model', max_tokens: 9 },
      endpoint: 'messages',
      matched: 'once() #1',
      status: 200,
      outcome: 'completed',
      frames: [{ at: 0, text: await response.text() }],
    });
    expect(entry?.headers).toMatchObject({
      'x-api-key': '[redacted]',
      authorization: '[redacted]',
      cookie: '[redacted]',
      'x-other': 'kept',
    });
    expect(JSON.stringify(mock.requests)).not.toContain('secret');
  });

  it('tells every frame that was sent', async () => {
    const mock = createMock().once(say(['Hel', 'lo']));
    const { text } = await readStream(await post(mock, { stream: true }));
    expect(mock.requests[0]?.frames.map((frame) => frame.text).join('')).toBe(text);
    expect(mock.requests[0]?.frames).toHaveLength(8);
    expect(outcome(mock)).toBe('completed');
  });

  it.each([
    ['reset', stream().text('a').reset()],
    ['error', stream().text('a').fail('api_error')],
    ['completed', stream().text('a').truncate()],
  ])('tells how it ended: %s', async (expected, script) => {
    const mock = createMock().once(script);
    await readStream(await post(mock, { stream: true }));
    expect(outcome(mock)).toBe(expected);
  });

  it('tells that the client left, and after what', async () => {
    const mock = createMock().once(say(['a', 'b', 'c', 'd']));
    const reader = (await post(mock, { stream: true })).body?.getReader();
    for (let i = 0; i < 5; i += 1) await reader?.read();
    expect(outcome(mock)).toBe('in-progress');
    await reader?.cancel();
    expect(outcome(mock)).toStrictEqual(['aborted', { frames: 5, events: 4 }]);
    expect(mock.requests[0]?.frames).toHaveLength(5);
  });

  it('does not count what was not due yet', async () => {
    const clock = fakeClock();
    const mock = createMock({ clock }).once(stream().text('a').wait(1000).text('b'));
    const client = new AbortController();
    const reading = readStream(await post(mock, { stream: true }, { signal: client.signal }));
    await clock.advance(500);
    client.abort();
    await reading;
    expect(outcome(mock)).toStrictEqual(['aborted', { frames: 4, events: 3 }]);
  });

  it('knows bodies that are not JSON, and paths that lead nowhere', async () => {
    const mock = createMock();
    await mock.fetch('http://mock/v1/messages', { method: 'POST', headers, body: 'nonsense' });
    await mock.fetch('http://mock/elsewhere', { headers });
    expect(mock.requests).toMatchObject([
      { rawBody: 'nonsense', status: 400, outcome: 'error', endpoint: 'messages' },
      { status: 404, outcome: 'error' },
    ]);
    expect([mock.requests[0]?.body, mock.requests[1]?.endpoint]).toStrictEqual([undefined, undefined]);
  });

  it('tells the same of an entry whether it was looked at before or not', async () => {
    const told = async (look: boolean): Promise<unknown> => {
      const clock = fakeClock();
      const mock = createMock({ clock, validate: 'warn' });
      mock
        .once(say('H\u00e9llo \u{1F600}').pace({ ttft: 5 }))
        .once(refuse('api_error'))
        .once(say(['a', 'b', 'c']));
      if (look) expect(mock.requests).toStrictEqual([]);
      const first = readStream(await post(mock, { stream: true, temperature: 9 }));
      await clock.advance(5);
      await first;
      await post(mock, { messages: [{ role: 'user', content: 'Gr\u00fc\u00dfe' }] });
      const reader = (await post(mock, { stream: true })).body?.getReader();
      for (let i = 0; i < 5; i += 1) await reader?.read();
      await reader?.cancel();
      await mock.fetch('http://mock/elsewhere?key=secret', { headers });
      return JSON.parse(JSON.stringify(mock.requests));
    };
    const entries = await told(false);
    expect(entries).toStrictEqual(await told(true));
    expect(entries).toMatchObject([
      {
        at: 0,
        status: 200,
        outcome: 'completed',
        warning: 'temperature: must be at most 1',
        body: { temperature: 9 },
        frames: [{ at: 5 }, {}, {}, {}, {}, {}, {}, {}, { at: 5 }],
      },
      { at: 5, status: 500, outcome: 'error', matched: 'once() #2', body: { messages: [{ content: 'Gr\u00fc\u00dfe' }] } },
      { outcome: 'aborted', abortedAfter: { frames: 5, events: 4 } },
      { method: 'GET', url: 'http://mock/elsewhere?key=%5Bredacted%5D', status: 404, headers: { 'x-api-key': '[redacted]' } },
    ]);
  });

  it('is one list, which changes', async () => {
    const mock = createMock({ journalSize: 2 });
    const { requests } = mock;
    await ask(mock, 'a');
    const [first] = requests;
    await ask(mock, 'b');
    expect([mock.requests === requests, requests.length, requests[0] === first]).toStrictEqual([true, 2, true]);
    await ask(mock, 'c');
    expect([requests.length, requests[0] === first, first?.rawBody?.includes('"a"')]).toStrictEqual([2, false, true]);
    mock.reset();
    expect(requests).toStrictEqual([]);
  });

  it('has every entry in its place after thousands of others, of all sizes', async () => {
    const mock = createMock({ journalSize: 40 });
    const textOf = (index: number): string => `${index}:`.padEnd(index % 7 === 0 ? 100_000 : 20_000, 'x');
    for (let index = 0; index < 300; index += 1) await ask(mock, textOf(index));
    expect(mock.requests.map(({ body }) => isReadable(body) && body.messages[0]?.content)).toStrictEqual(
      Array.from({ length: 40 }, (_, index) => textOf(260 + index)),
    );
  });

  it('keeps the newest, and no more than its size', async () => {
    const mock = createMock({ journalSize: 3 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) await ask(mock, text);
    expect(mock.requests.map(({ rawBody }) => /content":"(.)/.exec(rawBody ?? '')?.[1])).toStrictEqual(['c', 'd', 'e']);
  });

  it('cuts what is very long', async () => {
    const mock = createMock().once(say('x'.repeat(300_000)));
    await ask(mock, { messages: [{ role: 'user', content: 'y'.repeat(1_100_000) }], max_tokens: 100_000 });
    expect([mock.requests[0]?.rawBody?.length, mock.requests[0]?.body, mock.requests[0]?.frames.length]).toStrictEqual([
      1_048_579,
      undefined,
      0,
    ]);
  });

  it('holds no more characters than it may, however many requests', async () => {
    const mock = createMock();
    for (let i = 0; i < 40; i += 1) await ask(mock, 'y'.repeat(1_000_000));
    expect(mock.requests.length).toBe(16);
  });

  it('costs little in a scope that is asked once, and nothing in one that is forgotten', async () => {
    const { arrayBuffers } = process.memoryUsage();
    const mock = createMock();
    for (let i = 0; i < 1500; i += 1) await post(mock, {}, { headers: { ...headers, 'x-mock-scope': `s${i}` } });
    expect(process.memoryUsage().arrayBuffers - arrayBuffers).toBeLessThan(40 * 1024 * 1024);
  });

  it('stays in a scope that somebody holds, also where others push that one out', async () => {
    const mock = createMock();
    const held = mock.scope('held');
    await post(mock, {}, { headers: { ...headers, 'x-mock-scope': 'held' } });
    for (let i = 0; i < 1001; i += 1) mock.scope(`s${i}`);
    expect(held.requests).toHaveLength(1);
  });

  it('holds no more in all scopes together, the oldest of any of them go first', async () => {
    const mock = createMock();
    const scoped = (key: string): Promise<Response> => post(mock, 'y'.repeat(1_000_000), { headers: { ...headers, 'x-mock-scope': key } });
    await ask(mock, 'x'.repeat(1_000_000));
    for (let i = 0; i < 10; i += 1) await scoped('a');
    for (let i = 0; i < 3; i += 1) await ask(mock, 'z'.repeat(1_000_000));
    for (let i = 0; i < 10; i += 1) await scoped('b');
    expect([mock.scope('a').requests.length, mock.requests.length, mock.scope('b').requests.length]).toStrictEqual([3, 3, 10]);
    mock.scope('b').reset();
    for (let i = 0; i < 9; i += 1) await scoped('c');
    expect([mock.scope('a').requests.length, mock.requests.length, mock.scope('c').requests.length]).toStrictEqual([3, 3, 9]);
  });

  it('counts what is not finished, too, and forgets it as it forgets the rest', async () => {
    const mock = createMock({ honest: false }).otherwise(stream().text('x'.repeat(1000)).stall());
    const open: Response[] = [];
    for (let i = 0; i < 40; i += 1)
      open.push(await post(mock, { stream: true, messages: [{ role: 'user', content: 'y'.repeat(1_000_000) }] }));
    expect(mock.requests.length).toBe(16);
    expect(mock.requests.every((entry) => entry.outcome === 'in-progress')).toBe(true);
    for (const response of open) await response.body?.cancel();
    expect(mock.requests.length).toBe(16);
    expect(outcome(mock)).toMatchObject(['aborted', {}]);
  });
});

describe('On a port', () => {
  it('the mock is served by its own clock', async () => {
    const clock = fakeClock();
    const mock = createMock({ clock }).once(say('Hello').pace({ ttft: 60_000 }));
    await using server = await listen(mock);
    const body = JSON.stringify({ model: 'mock-model', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    const response = await fetch(`${server.url}/v1/messages`, { method: 'POST', headers, body });
    await clock.advance(60_000);
    expect(await response.text()).toContain('message_stop');
  });

  it('the journal tells that the client left', async () => {
    const mock = createMock().once(stream().text('a').stall());
    await using server = await listen(mock);
    const body = JSON.stringify({ model: 'mock-model', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    const client = new AbortController();
    const response = await fetch(`${server.url}/v1/messages`, { method: 'POST', headers, body, signal: client.signal });
    await response.body?.getReader().read();
    client.abort();
    await expect.poll(() => outcome(mock)).toStrictEqual(['stalled', { frames: 4, events: 3 }]);
  });

  it('a client that never reads does not make the mock remember all that it would have been sent', async () => {
    const mock = createMock({ honest: false }).once(function* () {
      for (;;) yield 'x'.repeat(10_000);
    });
    await using server = await listen(mock);
    const body = JSON.stringify({ model: 'mock-model', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    const socket = connect(server.port, '127.0.0.1');
    socket.pause();
    socket.write(
      `POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: test\r\nanthropic-version: 2023-06-01\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => mock.requests[0]?.frames.length, { timeout: 5000 }).toBeGreaterThan(20);
    socket.destroy();
    await expect.poll(() => mock.requests[0]?.outcome, { timeout: 5000 }).toBe('aborted');
    expect(mock.requests[0]?.frames.length).toBeLessThan(30);
  });
});

describe('A client that leaves before there is an answer', () => {
  const request = (signal: AbortSignal): [string, RequestInit] => [
    'http://mock/v1/messages',
    {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: 'mock-model', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] }),
      signal,
    },
  ];

  it('is not kept waiting, and whoever makes the answer is told', async () => {
    const mock = createMock();
    const live = mock.live();
    const client = new AbortController();
    const asked = mock.fetch(...request(client.signal));
    await live.text('a');
    client.abort();
    await expect(asked).rejects.toThrow('aborted');
    await expect.poll(() => live.signal.aborted).toBe(true);
    expect(await live.text('b')).toBe(false);
    expect(outcome(mock)).toStrictEqual(['aborted', { frames: 0, events: 0 }]);
  });

  it('ends a generator at its next step', async () => {
    let isPutDown = false;
    const mock = createMock({ honest: false }).once(async function* () {
      try {
        for (;;) {
          yield 'x';
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        isPutDown = true;
      }
    });
    const client = new AbortController();
    const asked = mock.fetch(...request(client.signal));
    setImmediate(() => client.abort());
    await expect(asked).rejects.toThrow('aborted');
    await expect.poll(() => isPutDown).toBe(true);
  });

  it('is written down where the answer never comes', async () => {
    const mock = createMock().once(() => new Promise(() => undefined));
    const client = new AbortController();
    const asked = mock.fetch(...request(client.signal));
    client.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(outcome(mock)).toStrictEqual(['aborted', { frames: 0, events: 0 }]);
  });
});

it('The journal keeps no credential, wherever it stood', async () => {
  const mock = createMock({ validate: 'off' }).otherwise(say('x'));
  await mock.fetch('http://mock/v1/messages?beta=true&api_key=canary-1', {
    method: 'POST',
    headers: { ...headers, 'x-api-key': 'canary-2', authorization: 'Bearer canary-3', 'x-goog-api-key': 'canary-4', cookie: 'a=canary-5' },
    body: JSON.stringify({
      model: 'mock-model',
      max_tokens: 9,
      messages: [],
      mcp_servers: [{ url: 'u', authorization_token: 'canary-"6' }],
    }),
  });
  const kept = JSON.stringify(mock.requests);
  expect(kept).not.toContain('canary');
  expect(mock.requests[0]?.url).toContain('beta=true');
  expect(mock.requests[0]?.body).toMatchObject({ max_tokens: 9, mcp_servers: [{ url: 'u', authorization_token: '[redacted]' }] });
});
