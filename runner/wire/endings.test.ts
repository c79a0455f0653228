/** How a recorder tells apart what servers do to a connection. Each is a real server on loopback. */
import { describe, expect, test } from 'vitest';
import { answering, connectionServer, httpServer, post, rawServer, recorder, recordOf, summaryOf } from './loopback.fixture.ts';

const head = (...lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

describe('complete', () => {
  test.for([
    ['a body with its length', head('content-length: 3') + 'abc', 'keep', 200, 'abc'],
    ['a chunked body', `${head('transfer-encoding: chunked')}3\r\nabc\r\n0\r\n\r\n`, 'keep', 200, 'abc'],
    ['a chunked body with a trailer', `${head('transfer-encoding: chunked')}3\r\nabc\r\n0\r\nx: y\r\n\r\n`, 'keep', 200, 'abc'],
    ['HTTP/1.0 without a length, ended by the connection', 'HTTP/1.0 200 OK\r\n\r\nabc', 'end', 200, 'abc'],
    ['HTTP/1.1 without a length, ended by the connection', `${head()}abc`, 'end', 200, 'abc'],
    ['a length with blanks after it', head('content-length:  3  ') + 'abc', 'keep', 200, 'abc'],
    ['a length of nothing with a blank after it', head('content-length: 0 '), 'keep', 200, ''],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'keep', 204, ''],
    ['304 that tells the length it does not send', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n', 'keep', 304, ''],
    [
      '100 and 103 before the answer',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${head('content-length: 3')}abc`,
      'keep',
      200,
      'abc',
    ],
  ] as const)('%s', async ([, bytes, then, status, body]) => {
    const { exchange } = await recordOf(answering(bytes, then));
    expect(summaryOf(exchange)).toEqual(['complete', undefined, status, body]);
  });

  test('an interim response that arrives byte by byte', async () => {
    const bytes = `HTTP/1.1 100 Continue\r\n\r\n${head('content-length: 1')}x`.split('');
    await using server = await rawServer((socket) => {
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url));
    expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'x']);
  });

  test('a length with blanks after it, a byte at a time, on a connection that is kept', async () => {
    const bytes = `${head('content-length: 1  ', 'x: 1  2 ')}x`;
    await using server = await rawServer((socket) => {
      let sent = 0;
      const next = (): void => {
        if (sent < bytes.length) socket.write(bytes.charAt(sent++), () => setImmediate(next));
      };
      next();
    });
    await using wire = recorder();
    for (const reused of [false, true]) {
      const { exchange } = await wire.send(post(server.url));
      expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'x']);
      expect(exchange.response?.headers).toEqual([
        ['content-length', '1'],
        ['x', '1  2'],
      ]);
      expect(exchange.connection).toEqual({ id: 1, reused });
    }
  });

  test('an answer that comes before the request body was read', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too large');
    });
    await using wire = recorder();
    const { exchange } = await wire.send({ ...post(server.url), body: Buffer.alloc(8 * 1024 * 1024, 'x') });
    expect(summaryOf(exchange)).toEqual(['complete', undefined, 413, 'too large']);
    expect(exchange.request.body).toMatchObject({ kind: 'cut', bytes: 8_388_608 });
  });
});

describe('reset', () => {
  const early = 'The server closed the connection before the end of the body, after 3 bytes of it.';
  test.for([
    ['nothing', '', undefined, undefined, 'The server closed the connection without an answer.'],
    [
      'the beginning of a status line',
      'HTTP/1.1 20',
      undefined,
      undefined,
      'The server closed the connection within the head of its response.',
    ],
    [
      'half of the headers',
      'HTTP/1.1 200 OK\r\nx: y\r\n',
      undefined,
      undefined,
      'The server closed the connection within the head of its response.',
    ],
    ['less than the length', head('content-length: 10') + 'abc', 200, 'abc', early],
    ['less than the length with a blank after it', head('content-length: 10 ') + 'abc', 200, 'abc', early],
    ['less than the length, having said close', head('connection: close', 'content-length: 10') + 'abc', 200, 'abc', early],
    ['chunks without the last', `${head('transfer-encoding: chunked')}3\r\nabc\r\n`, 200, 'abc', early],
    [
      'chunks without the last, having said close',
      `${head('connection: close', 'transfer-encoding: chunked')}3\r\nabc\r\n`,
      200,
      'abc',
      early,
    ],
  ] as const)('closed after %s', async ([, bytes, status, body, problem]) => {
    const { exchange } = await recordOf(answering(bytes, 'end'));
    expect(summaryOf(exchange)).toEqual(['reset', problem, status, body]);
  });

  test('closed as soon as it is accepted', async () => {
    const { exchange } = await recordOf(connectionServer((socket) => socket.end()));
    expect(summaryOf(exchange)).toEqual(['reset', 'The server closed the connection without an answer.', undefined, undefined]);
  });

  test('a reset within a body that would have ended with the connection', async () => {
    await using server = await rawServer((socket) => {
      socket.write(`${head()}abc`, () => setTimeout(() => socket.resetAndDestroy(), 10));
    });
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url));
    expect(summaryOf(exchange)).toEqual([
      'reset',
      'The server reset the connection before the end of the body, after 3 bytes of it.',
      200,
      'abc',
    ]);
  });

  test('a reset instead of an answer', async () => {
    const { exchange } = await recordOf(rawServer((socket) => socket.resetAndDestroy()));
    expect(summaryOf(exchange)).toEqual(['reset', 'The server reset the connection without an answer.', undefined, undefined]);
  });
});

describe('protocol-error', () => {
  test.for([
    ['no HTTP at all', 'garbage in\n', /^The head of the response is not HTTP\/1\.1; it begins with "garbage in\\n"/],
    [
      'a header without a colon',
      `${head('content-length: 3', 'bad header')}abc`,
      /^The head of the response is not HTTP\/1\.1; it begins with "HTTP\/1\.1 200 OK/,
    ],
    ['two different lengths', `${head('content-length: 3', 'content-length: 4')}abcd`, /^The head of the response is not HTTP/],
    [
      'a chunk size that is no number',
      `${head('transfer-encoding: chunked')}zz\r\nabc\r\n`,
      /^The body of the response breaks HTTP\/1\.1: .*chunk size/,
    ],
    ['TLS', '\u0015\u0003\u0001\u0000\u0002\u0002(', /^The server answered plain HTTP with TLS: try https:\/\/\.$/],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', /switched protocols/],
  ] as const)('%s', async ([, bytes, problem]) => {
    for (const then of ['end', 'keep'] as const) {
      const { exchange } = await recordOf(answering(bytes, then));
      expect(exchange).toMatchObject({ ended: 'protocol-error', problem: expect.stringMatching(problem) });
    }
  });

  test.for([
    ['headers', 'HTTP/1.1 200 OK\r\n', 'a: b\r\n'],
    ['one header', 'HTTP/1.1 200 OK\r\nx: ', 'x'],
    ['a status line', 'HTTP/1.1 200 ', 'x'],
    ['interim responses', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['an interim response', 'HTTP/1.1 100 ', 'x'],
  ] as const)('%s without end', async ([, start, more]) => {
    await using server = await rawServer((socket) => {
      const block = more.repeat(1024);
      const write = (): void => {
        while (socket.writable && socket.write(block));
      };
      socket.write(start);
      socket.on('drain', write);
      write();
    });
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url));
    expect(exchange).toMatchObject({ ended: 'protocol-error', problem: expect.stringContaining('longer than') });
    expect(exchange).not.toHaveProperty('response');
  });
});

describe('refused', () => {
  test('nobody listens', async () => {
    const server = await answering('');
    await server[Symbol.asyncDispose]();
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url));
    expect(summaryOf(exchange)).toEqual([
      'refused',
      `Connection to 127.0.0.1:${server.port} refused: nothing listens there.`,
      undefined,
      undefined,
    ]);
    expect(exchange.connection).toEqual({ id: 0, reused: false });
    expect(exchange.timing).not.toHaveProperty('headers');
  });

  test('the host does not exist', async () => {
    await using wire = recorder();
    const { exchange } = await wire.send(post('http://no-such-host.invalid'));
    expect(exchange).toMatchObject({
      ended: 'refused',
      problem: expect.stringMatching(/^Host of no-such-host\.invalid:80 not found \((ENOTFOUND|EAI_AGAIN)\)\.$/),
    });
  });
});
