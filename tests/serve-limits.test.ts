// The limits of `conformance serve` as its flags set them, and a model whose template refuses: each told in its own way, while a stream goes on.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundledModelPath } from '../reference-server/package-root.ts';
import { withTemplate } from './gguf-template.fixture.ts';
import { send, type ServeProcess, startServe } from './serve.fixture.ts';

const user = (content: string): Readonly<Record<string, unknown>> => ({ messages: [{ role: 'user', content }] });

/** Status and error of an answer that comes while a stream goes on to its end. */
async function beside(server: ServeProcess, misuse: () => Promise<Response>, model = 'tiny'): Promise<readonly [number, unknown]> {
  const stream = await send(server.url, { model, ...user('Count to 100'), max_tokens: 200, stream: true });
  const [reply, events] = await Promise.all([misuse(), stream.text()]);
  expect(events).toContain('event: message_stop');
  expect(events).not.toContain('event: error');
  const { error } = (await reply.json()) as { readonly error?: { readonly message?: string } };
  return [reply.status, error?.message];
}

describe('with its limits set', () => {
  let server: ServeProcess;
  beforeAll(async () => {
    server = await startServe('--max-body', '1', '--context-size', '512', '--parallel', '2', '--max-queue', '1');
  }, 30_000);
  afterAll(() => server[Symbol.asyncDispose]());

  test('--max-body: a longer one is a 413', async () => {
    expect(await beside(server, () => send(server.url, user('x'.repeat(1_100_000))))).toEqual([
      413,
      'The body is larger than 1048576 bytes.',
    ]);
  });

  test('--context-size: a prompt that does not fit is a 400 with both numbers', async () => {
    const [status, message] = await beside(server, () => send(server.url, user('word '.repeat(600))));
    expect(status).toBe(400);
    expect(message).toMatch(/^prompt is too long: \d+ tokens > 512 maximum$/u);
  });

  test('--max-queue: of many at once some wait, the others get a 529 and when to try again', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => send(server.url, { ...user('Count to 100'), max_tokens: 300 })));
    const count = (status: number): number => replies.filter((reply) => reply.status === status).length;
    expect(count(200)).toBeGreaterThanOrEqual(3);
    expect(count(529)).toBeGreaterThanOrEqual(1);
    expect(count(200) + count(529)).toBe(12);
    for (const reply of replies) expect(reply.headers.get('retry-after')).toBe(reply.status === 529 ? '1' : null);
  });

  test('a page of another name cannot reach it, and none may read it unless asked', async () => {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.end('GET /v1/models HTTP/1.1\r\nhost: evil.example\r\nanthropic-version: 2023-06-01\r\nconnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 .*"type":"permission_error"/su);
    const reply = await send(server.url, {}, { origin: 'http://page.example' });
    expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test('--max-time: a stream that takes longer ends in an error event, and its place is free', async () => {
  await using server = await startServe('--max-time', '0.25', '--parallel', '1');
  const events = await (await send(server.url, { ...user('word '.repeat(4000)), max_tokens: 2000, stream: true })).text();
  expect(events).toMatch(/event: error\ndata: .*"timeout_error".*0\.25 seconds/u);
  expect((await send(server.url, { max_tokens: 1 })).status).toBe(200);
});

test('a template that throws makes a 400 of that conversation, and of no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'template-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'strict.gguf');
  const strict = "{% if messages|length > 4 %}{{ raise_exception('too much talk') }}{% endif %}";
  await writeFile(path, await withTemplate(bundledModelPath, (template) => strict + template));
  await using server = await startServe('--model', path, '--parallel', '2');
  const turns = ['user', 'assistant', 'user', 'assistant', 'user'].map((role) => ({ role, content: 'Hello' }));
  expect(await beside(server, () => send(server.url, { model: 'strict', messages: turns }), 'strict')).toEqual([
    400,
    "messages: the model's chat template refuses this conversation: too much talk",
  ]);
  expect((await send(server.url, { model: 'strict', messages: turns.slice(0, 3) })).status).toBe(200);
});
