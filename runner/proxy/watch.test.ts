/** The judging proxy with the real SDK in front of it and a mock behind it. */
import { Anthropic, BadRequestError } from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { listen } from '../../endpoint/node/index.ts';
import { createMock } from '../../mock/index.ts';
import type { Exchange } from '../../spec/index.ts';
import { httpServer } from '../wire/loopback.fixture.ts';
import { Shelf } from './shelf.ts';
import { watch, type Watch } from './watch.ts';

const ask = { model: 'mock-model', max_tokens: 64, messages: [{ role: 'user' as const, content: 'Hello' }] };

async function judging(upstream: string): Promise<Watch & { readonly lines: string[]; readonly judged: Promise<void> }> {
  const lines: string[] = [];
  const first = Promise.withResolvers<void>();
  const proxy = await watch({
    upstream,
    onJudged({ id, ended }, verdicts) {
      lines.push([id, ended, ...verdicts.map(({ check }) => check)].join(' '));
      first.resolve();
    },
  });
  return { ...proxy, lines, judged: first.promise };
}

function sdk(baseURL: string): Anthropic {
  return new Anthropic({ baseURL, apiKey: 'sk-ant-api03-0123456789', maxRetries: 0 });
}

test('the SDK works through it, in both modes, and nothing is found in what a good server answers', async () => {
  const server = await listen(createMock(), { host: '127.0.0.1', port: 0 });
  const proxy = await judging(server.url);
  const client = sdk(proxy.url);
  const json = await client.messages.create(ask);
  const stream = await client.messages.stream(ask).finalMessage();
  expect([json.content, json.usage]).toEqual([stream.content, stream.usage]);
  const refused: unknown = await client.messages.create({ ...ask, max_tokens: -1 }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BadRequestError);
  const { record, passed, dropped } = await proxy.end();
  await server.close();
  expect(proxy.lines).toEqual(['x1 complete', 'x2 complete', 'x3 complete']);
  expect([passed, dropped, record.totals.fail, record.totals.warn, record.exitCode]).toEqual([3, 0, 0, 0, 0]);
  expect(record.totals.pass).toBeGreaterThan(50);
  expect(record.target).toMatchObject({ baseUrl: server.url, model: 'mock-model' });
  expect(JSON.stringify(record)).not.toContain('sk-ant-api03');
});

test('50 parallel streams keep their bytes apart', async () => {
  const server = await listen(createMock(), { host: '127.0.0.1', port: 0 });
  const proxy = await judging(server.url);
  const client = sdk(proxy.url);
  const words = Array.from({ length: 50 }, (_, index) => `word-${index}`);
  const answers = await Promise.all(
    words.map(async (content) => {
      const { content: blocks } = await client.messages.stream({ ...ask, messages: [{ role: 'user', content }] }).finalMessage();
      return JSON.stringify(blocks);
    }),
  );
  expect(answers.filter((answer, index) => !answer.includes(`\\"word-${index}\\"`))).toEqual([]);
  const { record } = await proxy.end();
  await server.close();
  expect(record.exchanges.map(({ ended }) => ended)).toEqual(words.map(() => 'complete'));
  expect(record.totals.fail).toBe(0);
  for (const { request, response } of record.exchanges) {
    const word = request.body?.kind === 'text' ? /word-\d+/.exec(request.body.text)?.[0] : undefined;
    const answer = response?.body.kind === 'text' ? response.body.text : '';
    const text = [...answer.matchAll(/"text_delta","text":("(?:[^"\\]|\\.)*")/g)]
      .map(([, piece = '']): unknown => JSON.parse(piece))
      .join('');
    expect(text).toContain(`"${word}"`);
  }
});

test('a client that leaves a stream is no fault of the server', async () => {
  const server = await listen(createMock({ pace: { ttft: 0, tokensPerSecond: 20 } }), { host: '127.0.0.1', port: 0 });
  const proxy = await judging(server.url);
  const stream = sdk(proxy.url).messages.stream(ask);
  for await (const event of stream) if (event.type === 'content_block_delta') break;
  await proxy.judged;
  const { record } = await proxy.end();
  await server.close();
  expect(record.exchanges.map(({ ended, problem }) => [ended, problem])).toEqual([['aborted-by-us', 'The client hung up.']]);
  expect([record.totals.fail, record.totals.warn]).toEqual([0, 0]);
});

test('what is wrong is told as soon as the exchange has ended, and gates at the end', async () => {
  await using server = await httpServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end('event: message_start\ndata: {}\n\n'),
  );
  const proxy = await judging(server.url);
  await (
    await fetch(`${proxy.url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ ...ask, stream: true }),
    })
  ).text();
  const { record } = await proxy.end();
  expect(proxy.lines.join()).toMatch(/^x1 complete stream\.framing\.name-equals-type/);
  expect(record.exitCode).toBe(1);
});

const exchange = (id: string, text: string): Exchange => ({
  id,
  request: { method: 'POST', url: 'http://x/', headers: [], body: { kind: 'text', text } },
  timing: { sent: Number(id.slice(1)), end: 9 },
  connection: { id: 1, reused: false },
  inFlight: 0,
  ended: 'complete',
});

test('what fails stays longest where there is no room for all', () => {
  const shelf = new Shelf({ mostExchanges: 2 });
  for (const id of ['x1', 'x2', 'x3', 'x4']) {
    shelf.put(exchange(id, ''));
    if (id === 'x1') shelf.mark(id);
  }
  expect([shelf.exchanges.map(({ id }) => id), shelf.dropped]).toEqual([['x1', 'x4'], 2]);
});

test('bodies count too', () => {
  const shelf = new Shelf({ mostBytes: 10 });
  for (const id of ['x1', 'x2', 'x3']) shelf.put(exchange(id, '12345'));
  expect(shelf.exchanges.map(({ id }) => id)).toEqual(['x2', 'x3']);
});
