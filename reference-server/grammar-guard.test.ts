import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CountTokensRequest } from '../spec/index.ts';
import { GrammarCache } from './grammar-cache.ts';
import { GrammarGuard } from './grammar-guard.ts';
import { type LoadedModel, loadModel } from './model.ts';
import { planReply } from './prompt/reply-plan.ts';

/** As llama.cpp, were every schema too much for it. */
class RefusingCache extends GrammarCache {
  override compile(): Promise<never> {
    return Promise.reject(new Error('Failed to parse grammar'));
  }
}

let model: LoadedModel;
beforeAll(async () => {
  const loaded = await loadModel();
  model = { ...loaded, grammars: new RefusingCache(loaded.engine.llama), [Symbol.asyncDispose]: () => loaded[Symbol.asyncDispose]() };
});
afterAll(() => model[Symbol.asyncDispose]());

const tool = { name: 'look', input_schema: { type: 'object' } } as const;
const guard = (more: Partial<CountTokensRequest>): GrammarGuard =>
  new GrammarGuard(model, planReply(model, { model: 'tiny', messages: [{ role: 'user', content: 'x' }], ...more }));

test('a format without a grammar is refused before the model runs', async () => {
  const format = { type: 'json_schema', schema: {} } as const;
  await expect(guard({ output_config: { format } }).prepare()).rejects.toMatchObject({
    status: 400,
    message: 'output_config.format.schema: this server cannot hold the model to this schema',
  });
});

test('so are strict tools', async () => {
  await expect(guard({ tools: [{ ...tool, strict: true }] }).prepare()).rejects.toMatchObject({ status: 400 });
});

test('for other tools nothing was promised', async () => {
  await expect(guard({ tools: [tool] }).prepare()).resolves.toBeUndefined();
});
