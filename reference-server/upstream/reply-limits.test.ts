// Replies of any length take time in proportion to it, and end somewhere.
import { expect, test } from 'vitest';
import type { BackendEvent } from '../../endpoint/backend.ts';
import { planChat } from './chat-request.ts';
import type { Chunk } from './chunk.ts';
import { engineTraits } from './engine-traits.ts';
import { readEventData } from './event-data.ts';
import { ReplyBlocks } from './reply-blocks.ts';

const nothing: Chunk = { text: '', reasoning: '', calls: [], usage: {} };
const many = 200_000;

function blocks(): ReplyBlocks {
  const tools = [{ name: 'a', input_schema: { type: 'object' } }] as const;
  return new ReplyBlocks(
    planChat(
      { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }], tools: [...tools], thinking: { type: 'adaptive' } },
      engineTraits('vllm'),
    ),
  );
}

function push(reply: ReplyBlocks, chunks: Iterable<Chunk>): readonly BackendEvent[] {
  return [...chunks].flatMap((chunk) => [...reply.push(chunk)]);
}

test.each<{ readonly title: string; readonly piece: (at: number) => Chunk }>([
  { title: 'text', piece: () => ({ ...nothing, text: 'word ' }) },
  { title: 'thinking', piece: () => ({ ...nothing, reasoning: 'word ' }) },
  {
    title: 'arguments',
    piece: (at) => ({ ...nothing, calls: [at === 0 ? { index: 0, id: 'c', name: 'a', json: '{"x": [1' } : { index: 0, json: ',{}' }] }),
  },
])('$title in very many pieces', ({ piece }) => {
  const reply = blocks();
  const started = performance.now();
  const events = push(
    reply,
    Array.from({ length: many }, (_, at) => piece(at)),
  );
  expect(events.length).toBeGreaterThanOrEqual(many);
  // What takes the whole apart for each piece takes minutes.
  expect(performance.now() - started).toBeLessThan(8000);
});

test('a line in very many pieces', async () => {
  async function* bytes(): AsyncGenerator<Uint8Array, void> {
    yield Buffer.from('data: ');
    for (let at = 0; at < many; at += 1) yield Buffer.from('0123456789');
  }
  const started = performance.now();
  const texts: string[] = [];
  for await (const { text } of readEventData(bytes())) texts.push(text);
  expect(texts.map(({ length }) => length)).toEqual([many * 10]);
  expect(performance.now() - started).toBeLessThan(8000);
});

test.each([
  { title: 'text', chunk: { ...nothing, text: 'x'.repeat(1_000_000) } },
  { title: 'thinking', chunk: { ...nothing, reasoning: 'x'.repeat(1_000_000) } },
  { title: 'arguments', chunk: { ...nothing, calls: [{ index: 0, name: 'a', json: ' '.repeat(1_000_000) }] } },
])('$title without end is broken off at 32 MiB', ({ chunk }) => {
  const reply = blocks();
  const sendMillions = (times: number): readonly BackendEvent[] =>
    push(
      reply,
      Array.from({ length: times }, () => chunk),
    );
  sendMillions(33);
  expect(() => sendMillions(1)).toThrow('The engine behind this server sent a reply without end.');
});
