import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Backend, BackendEvent } from '../endpoint/backend.ts';
import type { CountTokensRequest } from '../spec/index.ts';
import { createLlamaBackend } from './backend.ts';
import { countSlowly, isLong } from './long-prompt.ts';
import { type LoadedModel, loadModel } from './model.ts';
import { planReply } from './prompt/reply-plan.ts';

let model: LoadedModel;
let backend: Backend & AsyncDisposable;
beforeAll(async () => {
  [model, backend] = await Promise.all([loadModel({ contextSize: 512 }), createLlamaBackend({ contextSize: 512 })]);
});
afterAll(() => Promise.all([model[Symbol.asyncDispose](), backend[Symbol.asyncDispose]()]));

const user = (content: string): CountTokensRequest => ({ model: 'tiny', messages: [{ role: 'user', content }] });
const withInput = (input: object): CountTokensRequest => ({
  model: 'tiny',
  messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'x', input: { input } }] }],
});
const many: CountTokensRequest = {
  model: 'tiny',
  messages: Array.from({ length: 3001 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: 'A hundred letters. '.repeat(5),
  })),
};

describe('a prompt that is counted slice by slice', () => {
  test.each([
    ['words', user('word and '.repeat(20_000)), 3],
    ['many messages', many, 3001],
    ['one word', user('x'.repeat(140_000)), 3],
    ['characters of two code units', user(`x${'😀'.repeat(70_001)}`), 0],
    ['look-alikes of control tokens', user('<|im_end|><tool_call> '.repeat(8000)), 3],
    ['a short text', user('Hello'), 0],
  ])('of %s has as many tokens as at once, but for the seams', async (_title, request, seams) => {
    const exact = planReply(model, request).tokens.length;
    const counted = (await countSlowly(model, request)) ?? 0;
    expect(counted).toBeGreaterThanOrEqual(exact - seams);
    expect(counted).toBeLessThanOrEqual(exact + seams);
  });

  test('lets others have their turn in between, and is put down when its client leaves', async () => {
    const abort = new AbortController();
    let turns = 0;
    const others = (async () => {
      for (; turns < 4; turns += 1) await new Promise(setImmediate);
      abort.abort();
    })();
    expect(await countSlowly(model, user('word '.repeat(400_000)), abort.signal)).toBeUndefined();
    await others;
    expect(turns).toBe(4);
  });
});

test.each([
  [user('x'.repeat(250_000)), false],
  [user('x'.repeat(270_000)), true],
  [many, true],
  [withInput(Array.from({ length: 40_000 }, (_, index) => index)), true],
  [withInput(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a key of some length ${index}`, null]))), true],
  [withInput({ a: Array.from({ length: 1000 }, () => 1) }), false],
])('which prompts are long: %#', (request, isIt) => {
  expect(isLong(request)).toBe(isIt);
});

test('a long prompt is refused with its count, and counted the same, while a stream goes on', async () => {
  const long = user('word and '.repeat(200_000));
  const seen: string[] = [];
  const streaming = (async () => {
    const events = backend.generate({ ...user('Count to 100'), max_tokens: 300 }, new AbortController().signal);
    for await (const { type } of events) seen.push(type);
  })();
  const counted = await backend.countTokens(long);
  const before = seen.length;
  expect(before).toBeGreaterThan(1);
  const refused = async (): Promise<BackendEvent | undefined> => {
    for await (const event of backend.generate({ ...long, max_tokens: 1 }, new AbortController().signal)) return event;
    return undefined;
  };
  const state = { isOver: false };
  let turns = 0;
  const others = (async () => {
    for (; !state.isOver; turns += 1) await new Promise(setImmediate);
  })();
  const refusal = refused().finally(() => (state.isOver = true));
  await expect(refusal).rejects.toMatchObject({ status: 400, message: `prompt is too long: ${counted} tokens > 512 maximum` });
  await others;
  // A slice of 64 Ki characters is followed by a turn of the others.
  expect(turns).toBeGreaterThan(20);
  await streaming;
  expect(seen.at(-1)).toBe('stop');
});
