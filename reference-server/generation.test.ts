import { expect, test } from 'vitest';
import type { MessagesRequest } from '../spec/index.ts';
import { sampling } from './generation.ts';

const request: MessagesRequest = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };

test('a request that sets nothing is answered by the likeliest tokens', () => {
  expect(sampling(request, {})).toEqual({ temperature: 0, topP: 1, topK: 1024 });
});

test('what a request sets is kept to', () => {
  expect(sampling({ ...request, temperature: 1, top_p: 0.5, top_k: 5000 }, { seed: 7 })).toEqual({
    temperature: 1,
    topP: 0.5,
    topK: 5000,
    seed: 7,
  });
});

// llama.cpp takes 0 for all tokens, and sorts them all before each one: 17 ms of 262,144, where the model itself took 2.
test.each([{}, { top_k: 0 }])('no vocabulary is sorted as a whole: %j', (more) => {
  expect(sampling({ ...request, temperature: 1, ...more }, {}).topK).toBe(1024);
});
