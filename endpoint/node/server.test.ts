import { request as httpRequest, Agent } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { abortableFrames } from '../abortable-frames.ts';
import { settled } from '../clock.fixture.ts';
import { createEndpoint } from '../endpoint.ts';
import type { Frame, Reply, StreamEnding } from '../reply.ts';
import type { EndpointRequest } from '../request.ts';
import { body, hello, scripted } from '../scripted.fixture.ts';
import { dial, framesReply, head, headers, post, serve } from './server.fixture.ts';
import { listen } from './server.ts';

describe('A client that takes nothing of its answer', () => {
  it('is cut off, and its generation with it', async () => {
    const long = 'x'.repeat(64 * 1024);
    let isOver = false;
    const endless = scripted(async function* () {
      yield { type: 'start', prompt: { input: 7 } } as const;
      try {
        for (;;) {
          yield { type: 'text', text: long } as const;
          await new Promise(setImmediate);
        }
      } finally {
        isOver = true;
      }
    });
    const server = await serve(endless, { stalledTimeoutMs: 50 });
    const { socket, closed } = dial(server);
    const text = JSON.stringify({ ...body, stream: true });
    socket.pause();
    socket.write(`${head(Buffer.byteLength(text))}${text}`);
    await vi.waitUntil(() => isOver, { timeout: 5000 });
    socket.resume();
    expect(['end', 'reset']).toContain(await closed);
  });

  it('that takes nothing of one long body is cut off, too', async () => {
    const long = scripted(() => hello.map((event) => (event.type === 'text' ? { ...event, text: 'x'.repeat(32_000_000) } : event)));
    let signal: AbortSignal | undefined;
    const transform = (reply: Reply, request: EndpointRequest): Reply => {
      ({ signal } = request);
      return reply;
    };
    const server = await serve(long, { stalledTimeoutMs: 50, transform });
    const { socket } = dial(server);
    const text = JSON.stringify(body);
    socket.pause();
    socket.write(`${head(Buffer.byteLength(text))}${text}`);
    await expect.poll(() => signal?.aborted, { timeout: 5000 }).toBe(true);
  });
});

describe('A server', () => {
  it('that closes does not wait for a connection on which nothing was asked', async () => {
    const server = await serve();
    const { socket, closed } = dial(server);
    await new Promise((resolve) => void socket.once('connect', resolve));
    expect((await post(server, body)).status).toBe(200);
    await server.close(60_000);
    expect(['end', 'reset']).toContain(await closed);
  });

  it('listens on a free loopback port and says where', async () => {
    const server = await serve();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(server.port).toBeGreaterThan(0);
  });

  it('answers JSON and streams', async () => {
    const server = await serve();
    expect(await (await post(server, body)).json()).toMatchObject({ content: [{ text: 'Hello' }] });
    const stream = await post(server, { ...body, stream: true });
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await stream.text()).toMatch(/^event: message_start\n.*event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/s);
  });

  it('says in one sentence that a port is in use', async () => {
    const { port } = await serve();
    await expect(listen(createEndpoint(scripted(() => hello)), { port })).rejects.toMatchObject({
      name: 'ListenError',
      code: 'address-in-use',
      message: `Cannot listen on 127.0.0.1:${port}: the port is in use. Choose another one, or 0 for any free port.`,
    });
  });

  it('says so where it cannot have the address', async () => {
    const failure = listen(createEndpoint(scripted(() => hello)), { host: '203.0.113.1' });
    await expect(failure).rejects.toMatchObject({ code: 'address-not-available' });
  });

  it('writes headers in their order and case', async () => {
    const server = await serve(undefined, {
      transform: (reply) => ({
        ...reply,
        headers: [
          ['X-Zulu', '1'],
          ['x-alpha', '2'],
          ['X-Zulu', '3'],
        ],
      }),
    });
    const wire = dial(server);
    wire.socket.write('GET /v1/models HTTP/1.1\r\nhost: x\r\nanthropic-version: 2023-06-01\r\n\r\n');
    await wire.until('\r\n\r\n');
    expect(wire.heard()).toMatch(/^HTTP\/1\.1 200 OK\r\nX-Zulu: 1\r\nx-alpha: 2\r\nX-Zulu: 3\r\ncontent-length: \d+\r\n/);
  });

  it('writes bytes beyond ASCII in a header as they are, before JSON as before a stream', async () => {
    const server = await serve(undefined, { transform: (reply) => ({ ...reply, headers: [['x-latin', '\xe9\xff']] }) });
    for (const stream of [false, true]) expect((await post(server, { ...body, stream })).headers.get('x-latin')).toBe('\xe9\xff');
  });

  it('answers HEAD without a body but with its length', async () => {
    const server = await serve();
    const wire = dial(server);
    wire.socket.write('HEAD /v1/models HTTP/1.1\r\nhost: x\r\nanthropic-version: 2023-06-01\r\nconnection: close\r\n\r\n');
    await wire.closed;
    expect(wire.heard()).toMatch(/content-length: [1-9]\d+\r\n.*\r\n\r\n$/s);
    expect((await fetch(`${server.url}/api/hello`, { method: 'HEAD' })).status).toBe(200);
  });

  it('keeps the connection after a JSON answer, a stream, and errors', async () => {
    const server = await serve();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const ports = new Set<number | undefined>();
    const bodies = [JSON.stringify(body), JSON.stringify({ ...body, stream: true }), '{', '', JSON.stringify(body)];
    for (const text of bodies) {
      await new Promise<void>((resolve) => {
        const request = httpRequest(`${server.url}/v1/messages`, { method: 'POST', headers, agent }, (response) => {
          ports.add(response.socket.localPort);
          response.resume().once('end', resolve);
        });
        request.end(text);
      });
    }
    expect(ports.size).toBe(1);
  });

  it('is closed by await using', async () => {
    let url = '';
    {
      await using server = await listen(createEndpoint(scripted(() => hello)));
      ({ url } = server);
    }
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('lets a reply in progress end when it is closed gently, and breaks it when not', async () => {
    for (const graceMs of [60_000, 0]) {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const server = await serve(
        scripted(async function* () {
          yield* hello.slice(0, 2);
          await released;
          yield* hello.slice(2);
        }),
      );
      const response = await post(server, { ...body, stream: true });
      const closed = server.close(graceMs);
      const text = response.text().catch(() => 'broken');
      await settled();
      release();
      expect((await text).includes('message_stop')).toBe(graceMs > 0);
      await closed;
    }
  });

  it('that is closed gently still answers a request of which it has a part', async () => {
    const server = await serve();
    const wire = dial(server);
    const text = JSON.stringify(body);
    const whole = `${head(text.length)}${text}`;
    wire.socket.write(whole.slice(0, 20));
    // By its answer the server has read what was sent before.
    await post(server, body);
    const closed = server.close(60_000);
    wire.socket.write(whole.slice(20));
    await closed;
    await wire.closed;
    expect(wire.heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*"Hello"/s);
  });

  it('that is closed gently still answers a request that was sent before the answer to another', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let asked = 0;
    const server = await serve(
      scripted(async function* () {
        asked += 1;
        if (asked === 2) await released;
        yield* hello;
      }),
    );
    const wire = dial(server);
    const text = JSON.stringify(body);
    wire.socket.write(`${head(text.length)}${text}`.repeat(2));
    await wire.until('"Hello"');
    const closed = server.close(60_000);
    await settled();
    release();
    await closed;
    await wire.closed;
    expect(wire.heard().split('"Hello"')).toHaveLength(3);
  });

  it.each(['body', 'stream'] as const)('that is closed gently brings to its end what the client has not taken yet: %s', async (kind) => {
    const text = 'x'.repeat(32 << 20);
    const whole: Reply =
      kind === 'body'
        ? { kind, status: 200, headers: [['content-type', 'application/json']], body: text }
        : framesReply([{ text }, { text: 'the end' }], 'end');
    const server = await serve(undefined, { transform: () => whole });
    const wire = dial(server);
    wire.socket.write(`${head(2)}{}`);
    await wire.until('200 OK');
    wire.socket.pause();
    const closed = server.close(60_000);
    await settled();
    wire.socket.resume();
    await closed;
    await wire.closed;
    expect(wire.heard().length).toBeGreaterThan(text.length);
    if (kind === 'stream') expect(wire.heard()).toContain('the end');
  });
});

describe('A client that leaves', () => {
  it.each([true, false])('frees the generation, stream: %s', async (stream) => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: aborted, resolve: abort } = Promise.withResolvers<void>();
    const server = await serve(
      scripted(async function* (_, signal) {
        yield* hello.slice(0, 1);
        begin();
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve());
        });
        abort();
      }),
    );
    const client = new AbortController();
    const response = post(server, { ...body, stream }, { signal: client.signal }).then((got) => got.text());
    await begun;
    client.abort();
    await expect(response).rejects.toThrow('aborted');
    await aborted;
    expect((await fetch(`${server.url}/v1/models`, { headers })).status).toBe(200);
  });

  it('lets go of the frames, whoever made them', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    async function* play(): AsyncGenerator<Frame, StreamEnding> {
      yield { text: 'said' };
      await new Promise(() => undefined);
      return 'end';
    }
    const frames = abortableFrames(play(), release);
    const server = await serve(undefined, { transform: () => ({ kind: 'stream', status: 200, headers: [], frames }) });
    const wire = dial(server);
    wire.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await wire.until('said');
    wire.socket.destroy();
    await expect(released).resolves.toBeUndefined();
  });

  it('and one that never reads do not make the backend run ahead', async () => {
    let said = 0;
    const server = await serve(
      scripted(async function* () {
        yield* hello.slice(0, 1);
        for (;;) {
          said += 1;
          yield { type: 'text', text: 'x'.repeat(10_000) };
        }
      }),
    );
    const wire = dial(server);
    wire.socket.pause();
    const text = JSON.stringify({ ...body, stream: true });
    wire.socket.write(head(text.length) + text);
    let before = -1;
    // Until it stands still: what the system's buffers hold is a few megabytes.
    while (before !== said) {
      before = said;
      for (let turn = 0; turn < 50; turn += 1) await settled();
    }
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThan(2000);
  });
});
