import { expect, test } from 'vitest';
import { answering, httpServer, post, rawServer, recorder, recordOf, summaryOf } from './loopback.fixture.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';

test('An exchange holds the request as it was written', async () => {
  let received = '';
  await using server = await rawServer((socket, bytes) => {
    received += bytes.toString();
    socket.write(ok);
  });
  await using wire = recorder();
  const { exchange } = await wire.send({
    method: 'POST',
    url: `${server.url}/v1/messages?beta=true`,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Twice', '1'],
      ['x-twice', '2'],
    ],
    body: Buffer.from('{"a":1}'),
  });
  expect(exchange.id).toBe('x1');
  expect(exchange.request).toEqual({
    method: 'POST',
    url: `${server.url}/v1/messages?beta=true`,
    headers: [
      ['host', `127.0.0.1:${server.port}`],
      ['connection', 'keep-alive'],
      ['Content-Type', 'application/json'],
      ['X-Twice', '1'],
      ['x-twice', '2'],
      ['accept-encoding', 'identity'],
      ['content-length', '7'],
    ],
    body: { kind: 'text', text: '{"a":1}' },
  });
  const head = exchange.request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  expect(received).toBe(`POST /v1/messages?beta=true HTTP/1.1\r\n${head}\r\n{"a":1}`);
});

test('Own accept-encoding and host headers are left alone', async () => {
  await using server = await answering(ok);
  await using wire = recorder();
  const { exchange } = await wire.send(
    post(server.url, [
      ['Accept-Encoding', 'gzip'],
      ['Host', 'elsewhere.example'],
    ]),
  );
  const names = exchange.request.headers.map(([name]) => name.toLowerCase());
  expect(names.filter((name) => name === 'accept-encoding' || name === 'host')).toEqual(['host', 'accept-encoding']);
  expect(exchange.request.headers[0]).toEqual(['host', 'elsewhere.example']);
});

test('Response headers keep order, case, repetition and the bytes of their values', async () => {
  const head = Buffer.from(
    'HTTP/1.1 200 Fine, thanks\r\nX-B: 1\r\nx-a:  two \r\nX-B: \xfc\r\nEmpty:\r\ncontent-length: 0\r\n\r\n',
    'latin1',
  );
  const { exchange } = await recordOf(answering(head));
  expect(exchange.response).toEqual({
    status: 200,
    statusText: 'Fine, thanks',
    headers: [
      ['X-B', '1'],
      ['x-a', 'two'],
      ['X-B', 'ü'],
      ['Empty', ''],
      ['content-length', '0'],
    ],
    body: { kind: 'text', text: '' },
    chunks: [],
  });
});

test('A status line that arrives in two parts is kept whole', async () => {
  await using server = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 All ');
    setImmediate(() => socket.write('is well\r\ncontent-length: 0\r\n\r\n'));
  });
  await using wire = recorder();
  const { exchange } = await wire.send(post(server.url));
  expect(exchange.response?.statusText).toBe('All is well');
});

test('Each read has its offset and time, and times ascend', async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  await using server = await httpServer((request, response) => {
    if (request.url === '/other') return response.end();
    response.write('one', () => begun.resolve());
    void goOn.promise.then(() => response.end('three'));
    return undefined;
  });
  await using wire = recorder();
  const sending = wire.send(post(server.url));
  await begun.promise;
  // Its answer was written after the first part, so when it has come, that part has been read.
  await wire.send({ method: 'GET', url: `${server.url}/other`, headers: [] });
  goOn.resolve();
  const { exchange } = await sending;
  const { timing, response } = exchange;
  expect(response?.body).toEqual({ kind: 'text', text: 'onethree' });
  expect(response?.chunks.map(({ offset }) => offset)).toEqual([0, 3]);
  const times = [timing.sent, timing.headers, timing.firstByte, ...(response?.chunks.map(({ at }) => at) ?? []), timing.end];
  expect(times).toEqual(times.toSorted((a, b) => Number(a) - Number(b)));
  expect(timing.firstByte).toBe(response?.chunks[0]?.at);
  expect(times.every((time) => Number.isInteger(Math.round(Number(time) * 1e6) / 1e4))).toBe(true);
});

test('Chunks of HTTP that came in one read are one chunk of the record', async () => {
  const body = '1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n';
  const { exchange } = await recordOf(answering(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body}`));
  expect(exchange.response?.body).toEqual({ kind: 'text', text: 'abc' });
  expect(exchange.response?.chunks.map(({ offset }) => offset)).toEqual([0]);
});

test('A redirect is recorded and not followed', async () => {
  const { exchange } = await recordOf(answering('HTTP/1.1 307 Temporary Redirect\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'));
  expect(summaryOf(exchange)).toEqual(['complete', undefined, 307, '']);
});

test('A compressed body stays as it came', async () => {
  const { exchange } = await recordOf(
    answering(
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n'),
        Buffer.from([0x1f, 0x8b, 0xff]),
      ]),
    ),
  );
  expect(exchange.response?.body).toEqual({ kind: 'base64', base64: 'H4v/', bytes: 3 });
});

test('Requests in flight are counted when one is sent, itself not included', async () => {
  await using server = await httpServer((_request, response) => setImmediate(() => response.end('ok')));
  await using wire = recorder();
  const sent = await Promise.all([wire.send(post(server.url)), wire.send(post(server.url)), wire.send(post(server.url))]);
  expect(sent.map(({ exchange }) => [exchange.id, exchange.inFlight])).toEqual([
    ['x1', 0],
    ['x2', 1],
    ['x3', 2],
  ]);
  const { exchange } = await wire.send(post(server.url));
  expect(exchange.inFlight).toBe(0);
});

test('A request that cannot be written is refused by us, and nothing is sent', async () => {
  await using server = await answering(ok);
  await using wire = recorder();
  await expect(wire.send(post(server.url, [['x-bad', 'a\r\nb: c']]))).rejects.toThrow('This request cannot be sent: invalid x-bad header.');
  await expect(wire.send(post('not a url'))).rejects.toThrow(TypeError);
  const { exchange } = await wire.send(post(server.url));
  expect(exchange.ended).toBe('complete');
});

test('GET and HEAD have no body', async () => {
  await using server = await httpServer((request, response) => response.end(request.method));
  await using wire = recorder();
  const get = await wire.send({ method: 'GET', url: `${server.url}/v1/models`, headers: [] });
  const head = await wire.send({ method: 'HEAD', url: `${server.url}/v1/models`, headers: [] });
  expect(get.exchange.request).not.toHaveProperty('body');
  expect(get.exchange.request.headers.map(([name]) => name)).not.toContain('content-length');
  expect(summaryOf(get.exchange)).toEqual(['complete', undefined, 200, 'GET']);
  expect(summaryOf(head.exchange)).toEqual(['complete', undefined, 200, '']);
});
