/** What the recorder ends by its own hand, so that no server can hang a run or fill its memory. */
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { answering, httpServer, type Loopback, post, rawServer, recorder, recordOf, summaryOf } from './loopback.fixture.ts';

const chunkedHead = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

/** Writes `block` for ever, as fast as it is taken. */
function flood(socket: Socket, block: string | Buffer): void {
  const write = (): void => {
    while (socket.writable && socket.write(block));
  };
  socket.on('drain', write);
  write();
}

describe('Silence', () => {
  test('ends an exchange that gets no answer', async () => {
    const { exchange } = await recordOf(
      rawServer(() => undefined),
      { silenceMs: 50 },
    );
    expect(summaryOf(exchange)).toEqual(['timed-out-by-us', 'No byte for 50 ms.', undefined, undefined]);
    expect(exchange.timing.end - exchange.timing.sent).toBeGreaterThanOrEqual(49);
  });

  test('ends a body that stops, and keeps what had come', async () => {
    const { exchange } = await recordOf(answering(`${chunkedHead}3\r\nabc\r\n`), { silenceMs: 50 });
    expect(summaryOf(exchange)).toEqual(['timed-out-by-us', 'No byte for 50 ms.', 200, 'abc']);
  });

  test('is broken by any byte, also of the head', async () => {
    await using server = await rawServer((socket) => {
      const parts = ['HTTP/1.1 ', '200 ', 'OK\r\n', 'a: b\r\n', 'c: d\r\n', 'e: f\r\n', 'content-length: 2\r\n', '\r\n', 'h', 'i'];
      const timer = setInterval(() => {
        const part = parts.shift();
        if (part === undefined) clearInterval(timer);
        else socket.write(part);
      }, 25);
    });
    await using wire = recorder({ silenceMs: 200 });
    const { exchange } = await wire.send(post(server.url));
    expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'hi']);
    expect(exchange.timing.end - exchange.timing.sent).toBeGreaterThan(200);
  });
});

test('Bytes that wait unread while we are busy ourselves are not silence', async () => {
  await using server = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi');
    // Holds up the one thread of server and recorder for longer than the silence allowed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  });
  await using wire = recorder({ silenceMs: 50 });
  const { exchange } = await wire.send(post(server.url));
  expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'hi']);
});

describe('Size', () => {
  test('ends a body that has no end, and keeps as much as is allowed', async () => {
    await using server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      flood(socket, Buffer.alloc(65_536, 'x'));
    });
    await using wire = recorder({ maxBodyBytes: 100_000 });
    const { exchange } = await wire.send(post(server.url));
    expect(exchange).toMatchObject({ ended: 'limit-by-us', problem: 'The body goes on after 100000 bytes.' });
    expect(exchange.response?.body).toMatchObject({ kind: 'text', text: 'x'.repeat(100_000) });
  });

  test.each([
    ['text/event-stream; charset=utf-8', 'A line of the stream goes on after'],
    ['text/plain', undefined],
  ])('ends a line of a stream that has no end: %s', async (type, problem) => {
    const line = 'x'.repeat(700_000);
    const stream = `data: a\n\ndata: ${line}\r\rdata: ${line}${line}\n\n`;
    const { exchange } = await recordOf(
      answering(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${stream.length}\r\n\r\n${stream}`),
    );
    expect([exchange.ended, exchange.problem?.slice(0, 34)]).toEqual(
      problem === undefined ? ['complete', undefined] : ['limit-by-us', problem],
    );
    expect(exchange.response?.body.kind).toBe('cut');
  });

  test('allows a body of exactly the limit', async () => {
    const { exchange } = await recordOf(answering('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabcd'), { maxBodyBytes: 4 });
    expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'abcd']);
  });

  test('ends chunk extensions that have no end', async () => {
    await using server = await rawServer((socket) => {
      socket.write(`${chunkedHead}1;x=`);
      flood(socket, 'x'.repeat(65_536));
    });
    await using wire = recorder({ maxBodyBytes: 1000 });
    const { exchange } = await wire.send(post(server.url));
    expect(exchange).toMatchObject({ ended: 'limit-by-us', problem: expect.stringContaining('most of them no body') });
  });

  test('keeps the two ends, the length and the hash of a body over 1 MiB', async () => {
    const body = Buffer.alloc(2 * 1024 * 1024, 'x');
    body.write('begin');
    body.write('end', body.length - 3);
    const { exchange } = await recordOf(httpServer((_request, response) => response.end(body)));
    expect(exchange.response?.body).toMatchObject({
      kind: 'cut',
      bytes: 2_097_152,
      sha256: '6f7f6961d38aa758ec6f9bcf7fd914a0ea1b3e323ef34d558305f46787098b07',
    });
    expect(JSON.stringify(exchange).length).toBeLessThan(150_000);
  });
});

test('A response that never falls silent ends after its longest time', async () => {
  await using server = await httpServer((_request, response) => {
    const timer = setInterval(() => response.write(': ping\n\n'), 5);
    response.on('close', () => clearInterval(timer));
  });
  await using wire = recorder({ maxResponseMs: 60 });
  const { exchange } = await wire.send(post(server.url));
  expect(exchange).toMatchObject({ ended: 'limit-by-us', problem: 'The response had not ended after 60 ms.' });
});

/** A stream of equal frames without end. */
function endlessStream(): Promise<Loopback> {
  return rawServer((socket) => {
    socket.write(chunkedHead);
    flood(socket, '9\r\ndata: 1\n\n\r\n'.repeat(1000));
  });
}

describe('abortAfter', () => {
  test('hangs up after so many bytes, and the server notices', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await rawServer((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(`${chunkedHead}3\r\nabc\r\n`);
    });
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url), { abortAfter: { bytes: 3 } });
    await closed.promise;
    expect(summaryOf(exchange)).toEqual(['aborted-by-us', 'Aborted after 3 bytes, as the probe asked.', 200, 'abc']);
  });

  test('hangs up after so many frames', async () => {
    const { exchange } = await recordOf(endlessStream(), { abortAfter: { frames: 3 } });
    expect(exchange.ended).toBe('aborted-by-us');
    expect(exchange.response?.body).toMatchObject({ kind: 'text', text: expect.stringMatching(/^(?:data: 1\n\n){3}/) });
  });

  test('with zero bytes hangs up as soon as the head has come', async () => {
    const { exchange } = await recordOf(answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n'), { abortAfter: { bytes: 0 } });
    expect(summaryOf(exchange)).toEqual(['aborted-by-us', 'Aborted after 0 bytes, as the probe asked.', 200, '']);
  });

  test('hangs up after some time, whether anything has come or not', async () => {
    const { exchange } = await recordOf(answering(''), { abortAfter: { ms: 5 } });
    expect(summaryOf(exchange)).toEqual(['aborted-by-us', 'Aborted after 5 ms, as the probe asked.', undefined, undefined]);
  });

  test('does nothing where the response ends before', async () => {
    const { exchange } = await recordOf(answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc'), { abortAfter: { bytes: 4 } });
    expect(exchange.ended).toBe('complete');
  });
});

describe('A signal', () => {
  test('ends the exchange, which is recorded with what had come', async () => {
    const abort = new AbortController();
    await using server = await rawServer((socket) => socket.write(`${chunkedHead}3\r\nabc\r\n`, () => setTimeout(() => abort.abort(), 20)));
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url), { signal: abort.signal });
    expect(summaryOf(exchange)).toEqual(['aborted-by-us', 'The run ended the exchange.', 200, 'abc']);
  });

  test('that has fired already keeps a request from being sent', async () => {
    await using server = await answering('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    await using wire = recorder();
    const { exchange } = await wire.send(post(server.url), { signal: AbortSignal.abort() });
    expect(exchange).toMatchObject({ ended: 'aborted-by-us', connection: { id: 0 } });
  });

  test('is given to all by closing the recorder', async () => {
    const arrived = Promise.withResolvers<void>();
    await using server = await rawServer(() => arrived.resolve());
    const wire = recorder();
    const sending = wire.send(post(server.url));
    await arrived.promise;
    await wire.close();
    expect((await sending).exchange.ended).toBe('aborted-by-us');
  });
});
