/** Which exchange used which connection, and that nothing is ever sent twice. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { answering, httpServer, post, rawServer, recorder } from './loopback.fixture.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';

test('A connection is kept for the next exchange', async () => {
  await using server = await answering(ok);
  await using wire = recorder();
  const sent = [await wire.send(post(server.url)), await wire.send(post(server.url)), await wire.send(post(server.url))];
  expect(sent.map(({ exchange }) => exchange.connection)).toEqual([
    { id: 1, reused: false },
    { id: 1, reused: true },
    { id: 1, reused: true },
  ]);
});

test('Exchanges at the same time have connections of their own', async () => {
  await using server = await httpServer((_request, response) => setImmediate(() => response.end('ok')));
  await using wire = recorder();
  const sent = await Promise.all([wire.send(post(server.url)), wire.send(post(server.url))]);
  expect(sent.map(({ exchange }) => exchange.connection)).toEqual([
    { id: 1, reused: false },
    { id: 2, reused: false },
  ]);
});

test('`new` makes a connection even where one is idle', async () => {
  await using server = await answering(ok);
  await using wire = recorder();
  await wire.send(post(server.url));
  const { exchange } = await wire.send(post(server.url), { connection: 'new' });
  expect(exchange.connection).toEqual({ id: 2, reused: false });
});

test('A connection is kept for its own host only', async () => {
  await using one = await answering(ok);
  await using other = await answering(ok);
  await using wire = recorder();
  await wire.send(post(one.url));
  const { exchange } = await wire.send(post(other.url));
  expect(exchange.connection).toEqual({ id: 2, reused: false });
});

test('No more connections are used at a time than allowed, and what waits is not yet sent', async () => {
  let most = 0;
  let waiting: ServerResponse[] = [];
  await using server = await httpServer((_request, response) => {
    waiting.push(response);
    most = Math.max(most, waiting.length);
    if (waiting.length < 2) return;
    for (const each of waiting) each.end('ok');
    waiting = [];
  });
  await using wire = recorder({ connections: 2 });
  const sent = await Promise.all(Array.from({ length: 6 }, () => wire.send(post(server.url))));
  expect(most).toBe(2);
  expect(sent.map(({ exchange }) => exchange.id)).toEqual(['x1', 'x2', 'x3', 'x4', 'x5', 'x6']);
  expect(Math.max(...sent.map(({ exchange }) => exchange.inFlight))).toBe(1);
});

describe('A connection is not used again', () => {
  test.for([
    ['after `connection: close`', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi'],
    ['after HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nhi'],
    ['after bytes that belong to no response', `${ok}surplus`],
  ] as const)('%s', async ([, bytes]) => {
    await using server = await answering(bytes);
    await using wire = recorder();
    await wire.send(post(server.url));
    const { exchange } = await wire.send(post(server.url));
    expect(exchange).toMatchObject({ ended: 'complete', connection: { id: 2, reused: false } });
  });

  test('after an abort', async () => {
    await using server = await answering(ok);
    await using wire = recorder();
    await wire.send(post(server.url), { abortAfter: { bytes: 1 } });
    const { exchange } = await wire.send(post(server.url));
    expect(exchange.connection).toEqual({ id: 2, reused: false });
  });

  test('where the server closed it in between', async () => {
    const sockets: Socket[] = [];
    await using server = await rawServer((socket) => {
      sockets.push(socket);
      socket.write(ok);
    });
    await using wire = recorder();
    await wire.send(post(server.url));
    const closed = Promise.withResolvers<unknown>();
    sockets[0]?.once('close', closed.resolve).end();
    await closed.promise;
    const { exchange } = await wire.send(post(server.url));
    expect(exchange).toMatchObject({ ended: 'complete', connection: { id: 2, reused: false } });
  });

  test.for([
    ['an end of it', (socket: Socket) => socket.end()],
    ['bytes that belong to no response', (socket: Socket) => socket.write('surplus')],
  ] as const)('where %s follows the answer in a read of its own, however soon it is asked for again', async ([, follow]) => {
    await using server = await rawServer((socket) => {
      socket.write(ok);
      // In the turn in which the client reads the answer.
      setImmediate(() => setImmediate(() => follow(socket)));
    });
    await using wire = recorder();
    await wire.send(post(server.url));
    const { exchange } = await wire.send(post(server.url));
    expect(exchange).toMatchObject({ ended: 'complete', connection: { id: 2, reused: false } });
  });
});

test('A kept connection that breaks before a byte of the next request was written is replaced, since nothing was sent', async () => {
  const sockets: Socket[] = [];
  let requests = 0;
  await using server = await rawServer((socket) => {
    requests += 1;
    sockets.push(socket);
    socket.write(ok);
  });
  await using wire = recorder();
  await wire.send(post(server.url));
  // When the connection is taken, the reset is not known yet.
  await new Promise(setImmediate);
  sockets[0]?.resetAndDestroy();
  const { exchange } = await wire.send(post(server.url));
  expect(exchange).toMatchObject({ id: 'x2', ended: 'complete', connection: { id: 2, reused: false } });
  expect(requests).toBe(2);
});

test('A server that closes a kept connection on the next request is recorded so, and nothing is sent again', async () => {
  let requests = 0;
  await using server = await rawServer((socket, _received, onThisConnection) => {
    requests += 1;
    if (onThisConnection === 1) socket.write(ok);
    else socket.end();
  });
  await using wire = recorder();
  await wire.send(post(server.url));
  const { exchange } = await wire.send(post(server.url));
  expect(exchange).toMatchObject({
    ended: 'reset',
    problem: 'The server closed the connection without an answer.',
    connection: { id: 1, reused: true },
  });
  expect(exchange).not.toHaveProperty('response');
  expect(requests).toBe(2);
});

test('A GET is not sent again either', async () => {
  let requests = 0;
  await using server = await rawServer((socket) => {
    requests += 1;
    socket.end();
  });
  await using wire = recorder();
  const { exchange } = await wire.send({ method: 'GET', url: server.url, headers: [] });
  expect(exchange.ended).toBe('reset');
  expect(requests).toBe(1);
});
