import { Llama3_1ChatWrapper, QwenChatWrapper } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { loadModel } from '../model.ts';
import { delimitersFrom } from './delimiters.ts';
import { askChatWrapper, hermesDelimiters, modelDelimiters } from './model-delimiters.ts';

test('the table says of the bundled model what its chat wrapper reports', async () => {
  await using model = await loadModel({ contextSize: 256 });
  expect(askChatWrapper(model.engine, model.llama)).toEqual(hermesDelimiters);
  expect(modelDelimiters(model.engine, model.llama, model.template.source)).toBe(hermesDelimiters);
});

test('the Qwen wrapper speaks the Hermes form', () => {
  const { thinking, call } = delimitersFrom(new QwenChatWrapper().settings);
  expect(call).toEqual(hermesDelimiters.call);
  expect(thinking).toMatchObject({ open: '<think>', close: '</think>' });
});

test('a form that is not spoken yet counts as no tool syntax', () => {
  expect(delimitersFrom(new Llama3_1ChatWrapper().settings).call).toBeUndefined();
});
