/** What passes through the proxy, byte for byte, and who hears when somebody hangs up. All on loopback. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { answering, connectionServer, httpServer, post, rawServer, recorder, summaryOf } from '../wire/loopback.fixture.ts';
import { lingerAtEnd } from './linger.ts';
import { proxyTo } from './passing.fixture.ts';

const head = (...lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

describe('a client sees through the proxy what it sees without', () => {
  test.for([
    ['a body with its length', head('content-length: 3') + 'abc', 'keep'],
    ['a chunked body', `${head('transfer-encoding: chunked')}3\r\nabc\r\n0\r\n\r\n`, 'keep'],
    ['a body that the connection ends', `${head()}abc`, 'end'],
    ['HTTP/1.0 without a length', 'HTTP/1.0 200 OK\r\n\r\nabc', 'end'],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'keep'],
    ['a status that nobody knows', 'HTTP/1.1 299 Whatever it is\r\ncontent-length: 1\r\n\r\nx', 'keep'],
    [
      '100 and 103 before the answer',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${head('content-length: 3')}abc`,
      'keep',
    ],
    ['a chunked body that breaks off', `${head('transfer-encoding: chunked')}3\r\nabc\r\n`, 'end'],
    ['a length that is not reached', `${head('content-length: 9')}abc`, 'end'],
    ['nothing at all', '', 'end'],
    ['bytes after the end of the answer', `${head('content-length: 3')}abcnonsense`, 'keep'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'keep'],
  ] as const)('%s', async ([, bytes, then]) => {
    await using server = await answering(bytes, then);
    await using proxy = await proxyTo(server.url);
    await using wire = recorder();
    const direct = await wire.send(post(server.url));
    const passed = await wire.send(post(proxy.url));
    if (direct.exchange.ended === 'protocol-error') expect(passed.exchange.ended).toBe('reset');
    else expect(summaryOf(passed.exchange)).toEqual(summaryOf(direct.exchange));
    const { ended, problem, response } = await proxy.next();
    expect([ended, problem, response?.status, response?.statusText, response?.headers, response?.body]).toEqual([
      direct.exchange.ended,
      direct.exchange.problem,
      direct.exchange.response?.status,
      direct.exchange.response?.statusText,
      direct.exchange.response?.headers,
      direct.exchange.response?.body,
    ]);
  });

  test.for([
    ['keeps', {}],
    ['closes', { connection: 'close' }],
  ] as const)('an answer that comes before the request was read, by a server that then %s the connection', async ([, headers]) => {
    await using server = await httpServer((request, response) => {
      // As servers do that want to be read.
      lingerAtEnd(request.socket);
      response.writeHead(413, headers).end('too large');
      request.resume();
    });
    await using proxy = await proxyTo(server.url);
    await using wire = recorder();
    const { exchange } = await wire.send({ ...post(proxy.url), body: Buffer.alloc(8 * 1024 * 1024, 'x') });
    expect(summaryOf(exchange)).toEqual(['complete', undefined, 413, 'too large']);
    expect(summaryOf(await proxy.next())).toEqual(['complete', undefined, 413, 'too large']);
  });

  test('a 101 that names no protocol, as a connection that breaks', async () => {
    await using server = await answering('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    await using proxy = await proxyTo(server.url);
    await using wire = recorder();
    const { exchange } = await wire.send(post(proxy.url));
    expect(exchange.ended).toBe('reset');
    expect(await proxy.next()).toMatchObject({
      ended: 'protocol-error',
      problem: 'The server switched protocols, which nobody had asked for.',
    });
  });

  test('interim responses without end, as a connection that breaks', async () => {
    await using server = await rawServer((socket) => {
      const write = (): void => {
        while (socket.writable && socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(1000)));
      };
      socket.on('drain', write);
      write();
    });
    await using proxy = await proxyTo(server.url);
    expect(await rawExchange(proxy.url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', 'to the end')).toMatch(/^HTTP\/1\.1 102 /);
    expect(await proxy.next()).toMatchObject({
      ended: 'protocol-error',
      problem: expect.stringContaining('interim responses without end'),
    });
  });

  test('bytes that are no HTTP, as a connection that breaks', async () => {
    await using server = await answering('SSH-2.0-OpenSSH_9.6\r\n');
    await using proxy = await proxyTo(server.url);
    await using wire = recorder();
    const { exchange } = await wire.send(post(proxy.url));
    expect(exchange.ended).toBe('reset');
    expect(await proxy.next()).toMatchObject({ ended: 'protocol-error' });
  });
});

test('every piece passes before the next one comes, and is recorded with its time', async () => {
  let sendNext: () => void = () => undefined;
  await using server = await httpServer((_request, response) => {
    const pieces = ['one', 'two', 'three'];
    sendNext = () => {
      const piece = pieces.shift();
      if (piece === undefined) response.end();
      else response.write(piece);
    };
    response.writeHead(200).flushHeaders();
  });
  await using proxy = await proxyTo(server.url);
  const { body } = await fetch(`${proxy.url}/v1/messages`, { method: 'POST', body: '{}' });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const seen: unknown[] = [];
  for (const _ of [1, 2, 3]) {
    sendNext();
    seen.push((await reader?.read())?.value);
  }
  sendNext();
  expect((await reader?.read())?.done).toBe(true);
  expect(seen).toEqual(['one', 'two', 'three']);
  const { response, timing } = await proxy.next();
  expect(response?.chunks.map(({ offset }) => offset)).toEqual([0, 3, 6]);
  const times = [timing.sent, timing.headers ?? 0, ...(response?.chunks.map(({ at }) => at) ?? []), timing.end];
  expect(times.toSorted((a, b) => a - b)).toEqual(times);
});

test('pieces of one read stay together in the record', async () => {
  await using server = await answering(`${head('transfer-encoding: chunked')}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`);
  await using proxy = await proxyTo(server.url);
  expect(await (await fetch(proxy.url)).text()).toBe('abcde');
  const { response } = await proxy.next();
  expect(response?.chunks).toHaveLength(1);
});

test('an answer that comes in one read with an interim response has the time of that read', async () => {
  await using server = await rawServer((socket) => {
    socket.write(`HTTP/1.1 100 Continue\r\n\r\n${head('content-length: 6')}abc`);
  });
  await using proxy = await proxyTo(server.url);
  const client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(client, 'data');
  client.destroy();
  const { timing } = await proxy.next();
  expect(timing.firstByte).toBeDefined();
  expect(timing.headers).toBe(timing.firstByte);
});

describe('heads', () => {
  test('keep their bytes, whatever they are, also where no body comes with them', async () => {
    const bytes = 'HTTP/1.1 200 \xe9\r\nx-latin: \xe9\xff\r\nx-utf: \xc3\xbc\r\ncontent-length: 3\r\n\r\n';
    await using server = await answering(Buffer.from(bytes, 'latin1'));
    await using proxy = await proxyTo(server.url);
    const passed = await rawExchange(proxy.url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(passed).toBe(bytes.replace(/\r\n$/, 'Connection: keep-alive\r\n\r\n'));
  });

  test('of more than two thousand lines keep them all', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => `x-${index}: 1`);
    await using server = await answering(head(...many, 'content-length: 0'));
    await using proxy = await proxyTo(server.url);
    await using wire = recorder();
    const { exchange } = await wire.send(post(proxy.url));
    expect(exchange.response?.headers).toContainEqual(['x-2499', '1']);
    expect((await proxy.next()).response?.headers).toEqual([...many.map((line) => line.split(': ')), ['content-length', '0']]);
  });

  test('keep order, case and repetition; only what belongs to a connection is taken off, and the host is the server', async () => {
    let received = '';
    await using server = await rawServer((socket, bytes) => {
      received += bytes.toString('latin1');
      socket.write('HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nKeep-Alive: timeout=9\r\nContent-Length: 0\r\n\r\n');
    });
    await using proxy = await proxyTo(`${server.url}/prefix`);
    const answer = await rawExchange(
      proxy.url,
      'POST /v1/messages?beta=true HTTP/1.1\r\nhost: proxy\r\nX-Api-Key: k\r\nx-two: 2\r\nTE: trailers\r\nConnection: X-Two\r\ncontent-length: 2\r\nx-ONE: \xe9\r\n\r\n{}',
    );
    expect(received).toBe(
      `POST /prefix/v1/messages?beta=true HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nX-Api-Key: k\r\ncontent-length: 2\r\nx-ONE: \xe9\r\nConnection: keep-alive\r\n\r\n{}`,
    );
    expect(answer).toBe('HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n');
  });

  test('a server that closes after its answer makes the proxy close too', async () => {
    await using server = await answering('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', 'end');
    await using proxy = await proxyTo(server.url);
    expect(await rawExchange(proxy.url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', 'to the end')).toContain('Connection: close\r\n');
  });

  test('a client that goes on sending after its answer gets an end of the connection, not a reset', async () => {
    await using server = await httpServer((request, response) => {
      lingerAtEnd(request.socket);
      response.writeHead(413, { connection: 'close' }).end('too large');
    });
    await using proxy = await proxyTo(server.url);
    const client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    client.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99000000\r\n\r\n{');
    await once(client, 'data');
    client.write(Buffer.alloc(1_000_000));
    // A reset would be an error, which `once` throws.
    expect(await once(client, 'end')).toEqual([]);
    client.destroy();
  });

  test('an idle connection that the server closes is closed to the client', async () => {
    const sockets: Socket[] = [];
    await using server = await rawServer((socket) => {
      sockets.push(socket);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    await using proxy = await proxyTo(server.url);
    const client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(client, 'data');
    sockets[0]?.end();
    expect(await once(client, 'end')).toEqual([]);
    client.destroy();
  });

  test('one connection to the server for each of the client, used again as the client does', async () => {
    await using server = await httpServer((_request, response) => response.end('ok'));
    await using proxy = await proxyTo(server.url);
    await using wire = recorder();
    await wire.send(post(proxy.url));
    await wire.send(post(proxy.url));
    await wire.send(post(proxy.url), { connection: 'new' });
    const seen = [(await proxy.next()).connection, (await proxy.next()).connection, (await proxy.next()).connection];
    expect(seen).toEqual([
      { id: 1, reused: false },
      { id: 1, reused: true },
      { id: 2, reused: false },
    ]);
  });

  test('the server decides whether a request may go on', async () => {
    await using server = await httpServer((request, response) => void request.resume().on('end', () => response.end('read')));
    await using proxy = await proxyTo(server.url);
    const answer = await rawExchange(proxy.url, 'POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n');
    expect(answer).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  });
});

describe('hanging up', () => {
  test('a client that leaves in the middle of a stream is heard by the server', async () => {
    const left = Promise.withResolvers<void>();
    await using server = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: ping\n\n');
      response.on('close', left.resolve);
    });
    await using proxy = await proxyTo(server.url);
    const leave = new AbortController();
    const { body } = await fetch(proxy.url, { signal: leave.signal });
    await body?.getReader().read();
    leave.abort();
    await left.promise;
    expect(summaryOf(await proxy.next())).toEqual(['aborted-by-us', 'The client hung up.', 200, 'event: ping\n\n']);
  });

  test('so is one that leaves before the answer, and one that leaves within its own request', async () => {
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const left = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let count = 0;
    await using server = await connectionServer((socket) => {
      const which = count === 0 ? 0 : 1;
      count += 1;
      socket.once('data', () => arrived[which].resolve()).on('close', () => left[which].resolve());
    });
    await using proxy = await proxyTo(server.url);
    for (const [index, request] of [
      'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
    ].entries()) {
      const client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
      client.write(request);
      await arrived[index]?.promise;
      client.destroy();
      await left[index]?.promise;
      expect(await proxy.next()).toMatchObject({ ended: 'aborted-by-us', problem: 'The client hung up.' });
    }
  });

  test('an end of the proxy breaks off what is in flight, and records it', async () => {
    await using server = await httpServer((_request, response) => void response.writeHead(200).write('begun'));
    const proxy = await proxyTo(server.url);
    const { body } = await fetch(proxy.url);
    const reader = body?.getReader();
    await reader?.read();
    const broken = reader?.read().catch(() => 'broken');
    await proxy.close();
    expect(await broken).toBe('broken');
    expect(summaryOf(await proxy.next())).toEqual(['aborted-by-us', 'The proxy was ended.', 200, 'begun']);
  });

  test('a server that cannot be reached is an error that says so, and no answer in the record', async () => {
    const gone = await httpServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    await using proxy = await proxyTo(gone.url);
    const response = await fetch(`${proxy.url}/v1/messages`, { method: 'POST', body: '{}' });
    expect([response.status, await response.json()]).toEqual([
      502,
      {
        type: 'error',
        error: { type: 'api_error', message: `conformance proxy: Connection to 127.0.0.1:${gone.port} refused: nothing listens there.` },
      },
    ]);
    const exchange = await proxy.next();
    expect([exchange.ended, exchange.response]).toEqual(['refused', undefined]);
  });
});

describe('large bodies', () => {
  test('pass whole both ways, and are kept as their ends, length and hash', async () => {
    const sent = randomBytes(9_000_000);
    await using server = await httpServer(async (request, response) => {
      response.writeHead(200, { 'content-length': sent.length });
      for await (const piece of request) if (!response.write(piece)) await once(response, 'drain');
      response.end();
    });
    await using proxy = await proxyTo(server.url);
    const echoed = await (await fetch(proxy.url, { method: 'POST', body: sent })).bytes();
    expect(Buffer.from(echoed).equals(sent)).toBe(true);
    const { request, response } = await proxy.next();
    const kept = { kind: 'cut', bytes: sent.length, sha256: createHash('sha256').update(sent).digest('hex') };
    expect([request.body, response?.body]).toMatchObject([kept, kept]);
  });

  test('a client that does not read holds the server back', async () => {
    let written = 0;
    await using server = await httpServer((_request, response) => {
      const piece = Buffer.alloc(65_536);
      const fill = (): void => {
        while (written < 1e9 && response.write(piece)) written += piece.length;
      };
      response.on('drain', fill);
      fill();
    });
    await using proxy = await proxyTo(server.url);
    const client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(client, 'readable');
    let before = -1;
    // Until nothing has moved for a thousand turns of the loop.
    while (before !== written) {
      before = written;
      for (let turn = 0; turn < 1000; turn += 1) await new Promise(setImmediate);
    }
    expect(written).toBeLessThan(64 * 1024 * 1024);
    client.destroy();
  });
});

describe('keys', () => {
  const key = 'sk-ant-api03-a-key-that-nobody-may-see';
  test('reach the server and not the record, wherever they stand', async () => {
    let seen = '';
    await using server = await httpServer((request, response) => {
      seen = `${String(request.headers['x-api-key'])} ${request.url}`;
      response.writeHead(200, { 'set-cookie': 'session=0123456789abcdef0123', 'x-echo': key });
      response.write(key.slice(0, 20));
      setImmediate(() => response.end(`${key.slice(20)} session=0123456789abcdef0123`));
    });
    await using proxy = await proxyTo(server.url);
    await (
      await fetch(`${proxy.url}/v1/messages?api_key=another-key-in-the-query`, { method: 'POST', headers: { 'x-api-key': key }, body: key })
    ).text();
    expect(seen).toBe(`${key} /v1/messages?api_key=another-key-in-the-query`);
    const record = JSON.stringify(await proxy.next());
    expect([key, 'another-key', '0123456789abcdef'].filter((secret) => record.includes(secret))).toEqual([]);
    expect(record).toContain('*'.repeat(key.length));
  });

  test('also across the place where a long body is cut', async () => {
    const body = Buffer.concat([Buffer.alloc(64 * 1024 - 10, 'x'), Buffer.from(key), Buffer.alloc(2_000_000, 'y'), Buffer.from(key)]);
    await using server = await httpServer((_request, response) => response.end(body));
    await using proxy = await proxyTo(server.url);
    await (await fetch(proxy.url, { headers: { authorization: `Bearer ${key}` } })).bytes();
    const { response } = await proxy.next();
    const kept = response?.body.kind === 'cut' ? [response.body.head.slice(-10), response.body.tail.slice(-5)] : [];
    expect(kept).toEqual(['**********', '*****']);
    const starred = Buffer.from(body.toString().replaceAll(key, '*'.repeat(key.length)));
    expect(response?.body).toMatchObject({ sha256: createHash('sha256').update(starred).digest('hex') });
  });
});

test('a program that takes it for an HTTP proxy is told', async () => {
  await using server = await answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  await using proxy = await proxyTo(server.url);
  expect(await rawExchange(proxy.url, 'GET http://example.com/ HTTP/1.1\r\nhost: example.com\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 [^]*give its URL as base URL, not as HTTP_PROXY/,
  );
});

test.for([
  ['localhost:8000', '"localhost:8000" is not a base URL; write it like http://127.0.0.1:8000.'],
  ['http://user:pass@host', 'The base URL holds a user name or password; give the key with --api-key-env NAME instead.'],
] as const)('an upstream that is none is refused: %s', async ([upstream, message]) => {
  await expect(proxyTo(upstream)).rejects.toThrow(message);
});

test('a port that is taken is named', async () => {
  await using server = await answering('');
  await expect(proxyTo(server.url, { port: server.port })).rejects.toThrow(
    `Cannot listen on 127.0.0.1:${server.port}: something else listens there; choose another with --port.`,
  );
});

/** What comes back on a connection of its own: what the first read brings, or all until the other side ends it. */
async function rawExchange(url: string, request: string, until?: 'to the end'): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    socket.setEncoding('latin1').write(request, 'latin1');
    if (until !== undefined) return await text(socket);
    const [first]: string[] = await once(socket, 'data');
    return first ?? '';
  } finally {
    socket.destroy();
  }
}
