// Bytes on the wire that are not what they should be: from servers to the recorder and the proxy, from clients to a server.
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { proxyTo } from '../runner/proxy/passing.fixture.ts';
import { bytesOf } from '../runner/wire/index.ts';
import { type Loopback, post, rawServer, recorder } from '../runner/wire/loopback.fixture.ts';
import type { Exchange } from '../spec/record/index.ts';
import { changedBytes, chunked, partsOf } from './hostile-bytes.fixture.ts';

/** With much time many thousands; otherwise some hundreds. */
const cases = Number(process.env['HOSTILE_CASES'] ?? 100);
const timeout = 280_000;

const key = 'sk-ant-api03-a-key-that-nobody-may-see';
const json = JSON.stringify({ id: 'msg_1', type: 'message', content: [{ type: 'text', text: `ü ${key}` }] });
const stream = ['message_start', 'ping', 'message_stop'].map((type) => `event: ${type}\ndata: {"type":"${type}","is":"é"}\n\n`).join('');
const responseHead = (...lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
const lengthHead = responseHead('content-type: application/json', `content-length: ${Buffer.byteLength(json)}`, `x-echo: ${key}`);
const responses: readonly Buffer[] = [
  lengthHead + json,
  `${responseHead('Content-Type: text/event-stream', 'Transfer-Encoding: chunked')}${chunked(stream, 40)}`,
  `${responseHead('content-type: text/event-stream', 'connection: close')}${stream}`,
  `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${lengthHead}${json}`,
  'HTTP/1.1 204 No Content\r\nrequest-id: req_1\r\n\r\n',
].map((text) => Buffer.from(text));

/** Answers `/v1/messages` in those parts and hangs up, and anything else well. */
function answeringParts(parts: () => readonly Buffer[]): Promise<Loopback> {
  return rawServer((socket, received) => {
    if (received.includes('/v1/messages')) void play(socket, parts());
    else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood');
  });
}

async function play(socket: Socket, parts: readonly Buffer[]): Promise<void> {
  for (const part of parts) {
    if (!socket.destroyed) socket.write(part);
    await new Promise(setImmediate);
  }
  socket.end();
}

const bodyOf = ({ response }: Exchange): Buffer | undefined => (response === undefined ? undefined : Buffer.from(bytesOf(response.body)));

/** What has to hold of every exchange, whatever the server sent. */
function expectWellRecorded({ ended, problem, response, timing }: Exchange, sent: string): void {
  expect(['complete', 'reset', 'protocol-error'], `after ${sent}`).toContain(ended);
  expect(problem ?? 'One sentence.', `after ${sent}`).toMatch(/^[^\n]{8,400}\.$/);
  expect(problem === undefined, `after ${sent}`).toBe(ended === 'complete');
  const offsets = response?.chunks.map(({ offset }) => offset) ?? [];
  expect(offsets, `after ${sent}`).toEqual([...new Set(offsets)].toSorted((a, b) => a - b));
  expect(offsets[0] ?? 0, `after ${sent}`).toBe(0);
  const times = [timing.sent, timing.headers, timing.firstByte, timing.end].filter((time) => time !== undefined);
  expect(times, `after ${sent}`).toEqual(times.toSorted((a, b) => a - b));
  expect(`${JSON.stringify(response)}${problem}`, `after ${sent}`).not.toContain(key);
}

test('An answer that is cut off anywhere is recorded to its last byte', { timeout }, async () => {
  let bytes = Buffer.alloc(0);
  await using server = await answeringParts(() => [bytes]);
  await using wire = recorder();
  const whole = Buffer.from(lengthHead + json);
  for (let length = 1; length < whole.length; length += 1) {
    bytes = whole.subarray(0, length);
    const { exchange } = await wire.send(post(server.url));
    const body = length < lengthHead.length ? undefined : bytes.subarray(lengthHead.length);
    expect([exchange.ended, bodyOf(exchange)]).toEqual(['reset', body]);
  }
});

test(
  'Whatever a server sends, the recorder ends the exchange in one sentence, and the next one is not touched by it',
  { timeout },
  async () => {
    const random = seededRandom(1);
    let parts: readonly Buffer[] = [];
    await using server = await answeringParts(() => parts);
    await using wire = recorder({ secrets: [key] });
    const endings = new Map<string, number>();
    for (let round = 0; round < cases; round += 1) {
      const bytes = changedBytes(random, responses[round % responses.length] ?? Buffer.alloc(0));
      parts = partsOf(random, bytes);
      const { exchange } = await wire.send(post(server.url));
      expectWellRecorded(exchange, bytes.toString('latin1'));
      endings.set(exchange.ended, (endings.get(exchange.ended) ?? 0) + 1);
      const { exchange: next } = await wire.send({ ...post(server.url), url: `${server.url}/good` }, { connection: 'new' });
      expect(bodyOf(next)?.toString()).toBe('good');
    }
    expect(Math.min(...endings.values())).toBeGreaterThan(cases / 20);
    expect(endings.size).toBe(3);
  },
);

test('Whatever a server sends, the proxy records what the client has got', { timeout }, async () => {
  const random = seededRandom(2);
  let parts: readonly Buffer[] = [];
  await using server = await answeringParts(() => parts);
  await using proxy = await proxyTo(server.url);
  await using wire = recorder({ secrets: [key] });
  for (let round = 0; round < cases; round += 1) {
    const bytes = changedBytes(random, responses[round % responses.length] ?? Buffer.alloc(0));
    const sent = bytes.toString('latin1');
    parts = partsOf(random, bytes);
    const { exchange: got } = await wire.send(post(proxy.url, [['x-api-key', key]]), { connection: 'new' });
    const passed = await proxy.next();
    expectWellRecorded(passed, sent);
    expect(passed.ended === 'complete', `after ${sent}`).toBe(got.ended === 'complete');
    if (passed.ended !== 'complete') continue;
    expect([passed.response?.status, bodyOf(passed)], `after ${sent}`).toEqual([got.response?.status, bodyOf(got)]);
  }
});

const message = JSON.stringify({ model: 'mock-model', max_tokens: 9, messages: [{ role: 'user', content: 'Hello ü' }] });
const streamed = message.replace('{', '{"stream":true,');
const ask = (line: string, ...more: readonly string[]): string =>
  [`${line} HTTP/1.1`, 'host: x', 'anthropic-version: 2023-06-01', 'x-api-key: k', ...more].join('\r\n');
const posted = (body: string, ...more: readonly string[]): string =>
  `${ask('POST /v1/messages', ...more, `content-length: ${Buffer.byteLength(body)}`)}\r\n\r\n${body}`;
const requests: readonly Buffer[] = [
  posted(message),
  posted(streamed),
  posted(message, 'expect: 100-continue'),
  `${ask('POST /v1/messages', 'transfer-encoding: chunked')}\r\n\r\n${chunked(message, 30)}`,
  `${posted(message)}${ask('GET /v1/models/%6dock')}\r\n\r\n${posted(streamed)}`,
  `${ask('GET /v1/models?limit=1')}\r\n\r\n`,
].map((text) => Buffer.from(text));

test('Whatever a client sends, it is answered or refused in an envelope, and the next one is answered', { timeout }, async () => {
  const random = seededRandom(3);
  const errors: unknown[] = [];
  await using server = await listen(createMock(), { onError: (error) => errors.push(error) });
  const statuses = new Set<string>();
  for (let round = 0; round < cases; round += 1) {
    const bytes = changedBytes(random, requests[round % requests.length] ?? Buffer.alloc(0));
    const socket = connect(server.port, '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (data: Buffer) => heard.push(data)).on('error', () => undefined);
    void play(socket, partsOf(random, bytes));
    // Whether it broke on the way or not.
    await new Promise((resolve) => socket.once('close', resolve));
    const answer = Buffer.concat(heard).toString();
    const said = `${bytes.toString('latin1')}\n${answer}`;
    expect(answer, `after ${said}`).toMatch(/^(?:HTTP\/1\.1 (?:100|2\d\d|4\d\d) |$)/);
    for (const [, status = ''] of answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)) statuses.add(status);
    for (const [body] of answer.matchAll(/^\{"type":"error".*?\}(?=HTTP|$)/gms))
      expect(JSON.parse(body), `after ${said}`).toMatchObject({ error: { message: expect.any(String) }, request_id: expect.any(String) });
    expect(answer, `after ${said}`).not.toMatch(/^HTTP\/1\.1 5/m);
  }
  expect([...statuses]).toEqual(expect.arrayContaining(['100', '200', '400', '404']));
  expect(errors).toEqual([]);
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'k' },
    body: message,
  };
  expect((await fetch(`${server.url}/v1/messages`, init)).status).toBe(200);
});
