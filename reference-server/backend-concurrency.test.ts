import { describe, expect, test } from 'vitest';
import { ask, backend, events, user } from './backend.fixture.ts';
import { createLlamaBackend } from './backend.ts';

describe('several requests', () => {
  test('at once do not mix, on one sequence or on several', async () => {
    await using narrow = await createLlamaBackend({ sequences: 1, contextSize: 512 });
    await using wide = await createLlamaBackend({ sequences: 3, contextSize: 512 });
    const words = ['one two three', 'red green blue', 'cat dog bird', 'sun moon star', 'tea milk bread'];
    for (const from of [narrow, wide]) {
      const answers = await Promise.all(words.map((text) => ask({ messages: user(`Repeat after me: ${text}`) }, from)));
      const alone = [];
      for (const text of words) alone.push((await ask({ messages: user(`Repeat after me: ${text}`) }, from)).text);
      expect(answers.map(({ text }) => text)).toEqual(alone);
    }
  });

  test('more than the queue holds are refused with retry-after', async () => {
    await using narrow = await createLlamaBackend({ sequences: 1, longestQueue: 1, contextSize: 512 });
    const results = await Promise.allSettled([1, 2, 3].map(() => ask({ messages: user('Hello') }, narrow)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { type: 'overloaded_error', headers: { 'retry-after': '1' } } });
  });

  test('an abort ends the answer without a stop, and the sequence serves the next', async () => {
    const abort = new AbortController();
    const seen: string[] = [];
    for await (const event of backend.generate({ model: 'tiny', max_tokens: 2000, messages: user('Count to 100') }, abort.signal)) {
      seen.push(event.type);
      if (seen.length === 5) abort.abort();
    }
    expect(seen).toEqual(['start', 'text', 'text', 'text', 'text']);
    expect((await ask({ messages: user('Repeat after me: one two three') })).text).toBe('one two three');
  });

  test('a client that leaves while waiting, or simply stops reading, frees its place', async () => {
    await using narrow = await createLlamaBackend({ sequences: 1, contextSize: 512 });
    const abort = new AbortController();
    const running = events({ messages: user('Count to 100'), max_tokens: 400 }, new AbortController().signal, narrow);
    await running.next();
    const waiting = events({ messages: user('Hello') }, abort.signal, narrow).next();
    abort.abort();
    expect(await waiting).toMatchObject({ done: true });
    await running.return?.();
    expect((await ask({ messages: user('Hello') }, narrow)).stop.reason).toBe('end_turn');
  });

  test('a stream goes on while another prompt is read, and an abort in the middle of it frees its place', async () => {
    await using pair = await createLlamaBackend({ sequences: 2, contextSize: 8192 });
    const abort = new AbortController();
    const order: string[] = [];
    const reading = (async () => {
      for await (const { type } of events({ messages: user('word '.repeat(7000)), max_tokens: 9 }, abort.signal, pair))
        order.push(`long ${type}`);
      order.push('long over');
    })();
    for await (const { type } of events({ messages: user('Count to 100') }, new AbortController().signal, pair)) {
      order.push(type);
      if (order.length === 20) abort.abort();
    }
    await reading;
    expect(order.indexOf('long over')).toBeGreaterThanOrEqual(20);
    expect(order.indexOf('long over')).toBeLessThan(order.indexOf('stop'));
    expect(order).not.toContain('long text');
    const both = await Promise.all([ask({ messages: user('Hello') }, pair), ask({ messages: user('Hello') }, pair)]);
    expect(both.map(({ stop }) => stop.reason)).toEqual(['end_turn', 'end_turn']);
  });
});
