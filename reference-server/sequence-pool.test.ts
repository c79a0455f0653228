// Who gets which sequence, with sequences that only know what they hold.
import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { ApiError } from '../endpoint/errors.ts';
import { type Lease, SequencePool } from './sequence-pool.ts';

const never = new AbortController().signal;
/** A character is a token. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tokens are branded numbers
const tokens = (text: string): Token[] => Array.from(text, (character) => character.codePointAt(0) ?? 0) as Token[];

function poolOf(
  held: readonly string[],
  longestQueue = 8,
): { readonly pool: SequencePool; readonly holding: (lease: Lease | undefined) => string } {
  const sequences = held.map((text) => ({
    nextTokenIndex: text.length,
    compareContextTokens(prompt: readonly Token[]) {
      const different = tokens(text).findIndex((token, at) => token !== prompt[at]);
      return { firstDifferentIndex: different === -1 ? text.length : different };
    },
  }));
  let next = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that the pool asks of a context
  const context = { totalSequences: held.length, getSequence: () => sequences[next++] } as unknown as LlamaContext;
  const holding = (lease: Lease | undefined): string => {
    const at = sequences.findIndex((sequence) => (sequence as unknown as LlamaContextSequence) === lease?.sequence);
    return held[at] ?? 'nothing';
  };
  return { pool: new SequencePool(context, longestQueue), holding };
}

test.each<[title: string, held: readonly string[], prompt: string, taken: string]>([
  ['that which shares most with the prompt', ['ab', 'abcd', 'xyz'], 'abcdef', 'abcd'],
  ['that which loses least, where none shares more than the other', ['abXXXXXXXX', 'abX'], 'abcdef', 'abX'],
  ['an empty one rather than a long one that begins alike', ['Hi! And a long conversation.', ''], 'Hi, you.', ''],
  ['the first of equals', ['', ''], 'a', ''],
])('An idle sequence is taken: %s', async (_title, held, prompt, taken) => {
  const { pool, holding } = poolOf(held);
  expect(holding(await pool.acquire(tokens(prompt), never))).toBe(taken);
});

test('A sequence has one owner, and who waits is served in the order of coming', async () => {
  const { pool } = poolOf(['']);
  const first = await pool.acquire(tokens('a'), never);
  const served: string[] = [];
  const waiting = ['b', 'c', 'd'].map(async (name) => {
    using lease = await pool.acquire(tokens(name), never);
    served.push(lease === undefined ? 'none' : name);
  });
  expect(served).toEqual([]);
  first?.[Symbol.dispose]();
  first?.[Symbol.dispose]();
  await Promise.all(waiting);
  expect(served).toEqual(['b', 'c', 'd']);
});

test('Whoever leaves the queue gives up the place in it, and a full one is told with a 529', async () => {
  const { pool } = poolOf([''], 1);
  const first = await pool.acquire(tokens('a'), never);
  const leaving = new AbortController();
  const left = pool.acquire(tokens('b'), leaving.signal);
  await expect(pool.acquire(tokens('c'), never)).rejects.toMatchObject({
    type: 'overloaded_error',
    status: 529,
    headers: { 'retry-after': '1' },
  });
  await expect(pool.acquire(tokens('c'), never)).rejects.toBeInstanceOf(ApiError);
  leaving.abort();
  expect(await left).toBeUndefined();
  const next = pool.acquire(tokens('d'), never);
  first?.[Symbol.dispose]();
  expect(await next).toBeDefined();
  expect(await pool.acquire(tokens('e'), leaving.signal)).toBeUndefined();
});
