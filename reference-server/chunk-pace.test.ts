import { expect, test } from 'vitest';
import { ChunkPace } from './chunk-pace.ts';

test('a model that reads fast gets whole batches', () => {
  const pace = new ChunkPace();
  const sizes = Array.from({ length: 4 }, () => {
    pace.took(pace.tokens, 5);
    return pace.tokens;
  });
  expect(sizes).toEqual([128, 256, 256, 256]);
});

test('chunks shrink until they take 50 ms, as attention has more to look at', () => {
  const pace = new ChunkPace();
  const msPerToken = 1;
  for (let i = 0; i < 3; i += 1) pace.took(pace.tokens, pace.tokens * msPerToken);
  expect(pace.tokens).toBe(50);
});

test('a slow model still gets 32 tokens at a time', () => {
  const pace = new ChunkPace();
  pace.took(64, 60_000);
  expect(pace.tokens).toBe(32);
});
