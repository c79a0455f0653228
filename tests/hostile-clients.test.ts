// Clients that leave, crawl or crowd, on the wire of a server in this process, so that what goes on behind it can be counted.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { LlamaContextSequence } from 'node-llama-cpp';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { fakeClock } from '../endpoint/clock.fixture.ts';
import { createEndpoint } from '../endpoint/index.ts';
import { listen, type ListenOptions, type RunningServer } from '../endpoint/node/index.ts';
import { createLlamaBackend, type LlamaBackendOptions } from '../reference-server/backend.ts';
import { send } from './serve.fixture.ts';

afterEach(() => vi.restoreAllMocks());

interface Watched extends RunningServer {
  /** Events that the model's side gave after the server knew that the client was gone, by request; undefined while it knows nothing. */
  readonly eventsAfterAbort: readonly (number | undefined)[];
  /** Events that the model's side gave so far. */
  readonly given: () => number;
  /** Resolves when so many generations are over and have given their place back. */
  over(count: number): Promise<void>;
}

interface Watching extends LlamaBackendOptions {
  /** The first generation stands still after a few events, its place taken, until its client leaves. */
  readonly isFirstHeld?: boolean;
}

/** The bundled model behind a port, with its generations watched at the backend's door. */
async function serve({ isFirstHeld = false, ...options }: Watching, listening: ListenOptions = {}): Promise<Watched> {
  const backend = await createLlamaBackend({ contextSize: 8192, ...options });
  const eventsAfterAbort: (number | undefined)[] = [];
  let finished = 0;
  let given = 0;
  let look = (): void => undefined;
  const watched: typeof backend = {
    ...backend,
    async *generate(request, signal) {
      const index = eventsAfterAbort.push(undefined) - 1;
      const left = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          eventsAfterAbort[index] = 0;
          resolve();
        });
      });
      let count = 0;
      try {
        for await (const event of backend.generate(request, signal)) {
          if (signal.aborted) eventsAfterAbort[index] = (eventsAfterAbort[index] ?? 0) + 1;
          given += 1;
          count += 1;
          yield event;
          if (isFirstHeld && index === 0 && count === 5) await left;
        }
      } finally {
        finished += 1;
        look();
      }
    },
  };
  const server = await listen(createEndpoint(watched, listening), listening);
  onTestFinished(async () => {
    await server.close();
    await backend[Symbol.asyncDispose]();
  });
  const over = (count: number): Promise<void> =>
    new Promise((resolve) => {
      look = () => (finished >= count ? resolve() : undefined);
      look();
    });
  return { ...server, eventsAfterAbort, given: () => given, over };
}

async function dial({ port }: RunningServer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Asks over a bare connection; resolves when the answer has brought the text. */
async function ask(socket: Socket, request: Readonly<Record<string, unknown>>, until?: string): Promise<string> {
  const body = JSON.stringify({ model: 'tiny', max_tokens: 2000, stream: true, ...request });
  const head = ['POST /v1/messages HTTP/1.1', 'host: localhost', 'anthropic-version: 2023-06-01', 'content-type: application/json'];
  socket.write(`${[...head, `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
  let heard = '';
  if (until === undefined) return heard;
  for await (const text of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    heard += String(text);
    if (heard.includes(until)) return heard;
  }
  throw new Error(`closed before "${until}": ${heard}`);
}

const user = (content: string): Readonly<Record<string, unknown>> => ({ messages: [{ role: 'user', content }] });
const count = user('Count to 100');

describe('A client that leaves', () => {
  test.each([['a stream', true] as const, ['a JSON answer', false] as const])(
    'in the middle of %s frees the only place at once: hardly a token comes after, and the next is answered',
    async (_title, stream) => {
      // No queue: where the place were still taken, the next would get a 529.
      const server = await serve({ sequences: 1, longestQueue: 0 });
      const evaluate = vi.spyOn(LlamaContextSequence.prototype, 'evaluate');
      const socket = await dial(server);
      if (stream) await ask(socket, count, 'content_block_delta');
      else {
        await ask(socket, { ...count, stream: false });
        await vi.waitUntil(() => evaluate.mock.calls.length > 0, { interval: 1 });
      }
      const before = server.given();
      socket.destroy();
      await server.over(1);
      // A token takes a millisecond: the news of the client's end comes within some of them, and then there is at most one more.
      expect(server.given() - before).toBeLessThan(50);
      expect(server.eventsAfterAbort[0]).toBeLessThanOrEqual(1);
      expect((await send(server.url, {})).status).toBe(200);
    },
  );

  test('while its long prompt is read stops the reading within a chunk, and the stream beside it goes on', async () => {
    const server = await serve({ sequences: 2, longestQueue: 0 });
    const beside = await send(server.url, { ...count, max_tokens: 400, stream: true });
    const read = vi.spyOn(LlamaContextSequence.prototype, 'evaluateWithoutGeneratingNewTokens');
    const socket = await dial(server);
    await ask(socket, user('word '.repeat(7000)));
    await vi.waitUntil(() => read.mock.calls.length >= 3, { interval: 1 });
    socket.destroy();
    const atLeave = read.mock.calls.length;
    const text = beside.text();
    await vi.waitUntil(() => server.eventsAfterAbort[1] !== undefined, { interval: 1 });
    await Promise.race([server.over(1), text]);
    await server.over(2);
    expect(await text).toContain('event: message_stop');
    // What was being read when it left, and one more where the news came late.
    expect(read.mock.calls.length - atLeave).toBeLessThanOrEqual(2);
    for (const [tokens] of read.mock.calls) expect(tokens.length).toBeLessThanOrEqual(256);
    expect((await send(server.url, {})).status).toBe(200);
  });

  test('while it waits in the queue gives its place in the queue back', async () => {
    const server = await serve({ sequences: 1, longestQueue: 1, isFirstHeld: true });
    const running = await dial(server);
    await ask(running, count, 'content_block_delta');
    const waiting = await dial(server);
    await ask(waiting, count);
    await vi.waitUntil(() => server.eventsAfterAbort.length === 2, { interval: 1 });
    expect((await send(server.url, {})).status).toBe(529);
    waiting.destroy();
    // The one that was refused, and the one that waited.
    await server.over(2);
    const next = send(server.url, {});
    await vi.waitUntil(() => server.eventsAfterAbort.length === 4, { interval: 1 });
    running.destroy();
    expect((await next).status).toBe(200);
  });
});

describe('A client that waits', () => {
  test('in the queue hears pings at every interval, and its answer in the end', async () => {
    const clock = fakeClock();
    const server = await serve({ sequences: 1, longestQueue: 1, isFirstHeld: true }, { clock });
    const running = await dial(server);
    await ask(running, count, 'content_block_delta');
    const waiting = await dial(server);
    const answer = ask(waiting, { ...user('Hello'), max_tokens: 8 }, 'event: message_stop');
    await vi.waitUntil(() => server.eventsAfterAbort.length === 2, { interval: 1 });
    for (let pings = 0; pings < 2; pings += 1) {
      const pinged = once(waiting, 'data');
      await clock.advance(10_000);
      await pinged;
    }
    running.destroy();
    const events = [...(await answer).matchAll(/^event: (\w+)/gmu)].map(([, name]) => name);
    expect(events.slice(0, 3)).toEqual(['ping', 'ping', 'message_start']);
  });

  test('where the queue is full is told so on the wire: 529, overloaded_error, retry-after, and that it may try again', async () => {
    const server = await serve({ sequences: 1, longestQueue: 0, isFirstHeld: true });
    await ask(await dial(server), count, 'content_block_delta');
    const refused = await send(server.url, { stream: true });
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([
      529,
      '1',
      'application/json',
    ]);
    expect(await refused.json()).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
  });
});

describe('A client that crawls', () => {
  test.each([
    ['its head', { headersTimeoutMs: 100 }, 'POST /v1/messages HTTP/1.1\r\nhost: localhost\r\nx-slow: '],
    [
      'its body',
      { requestTimeoutMs: 100 },
      'POST /v1/messages HTTP/1.1\r\nhost: localhost\r\nanthropic-version: 2023-06-01\r\ncontent-length: 100000\r\n\r\n{"a":"',
    ],
  ])('and sends %s byte by byte is given up although it never falls silent, while a stream goes on', async (_title, limits, beginning) => {
    const server = await serve({ sequences: 1 }, limits);
    const socket = await dial(server);
    socket.write(beginning);
    const drip = setInterval(() => socket.write('x'), 5);
    onTestFinished(() => clearInterval(drip));
    const beside = await send(server.url, { ...count, max_tokens: 300, stream: true });
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    await once(socket, 'close');
    expect(heard).toMatch(/^HTTP\/1\.1 408 .*"The request was not complete in time\."/su);
    expect(await beside.text()).toContain('event: message_stop');
  });
});
