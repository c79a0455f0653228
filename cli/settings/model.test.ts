import { expect, test } from 'vitest';
import { modelSettings } from './model.ts';

test.each([
  [{}, { reference: undefined, folder: undefined, mayDownload: false }],
  [{ model: 'a.gguf' }, { reference: 'a.gguf', folder: undefined, mayDownload: false }],
  [
    { model: 'hf:u/r', modelDir: '/m', download: true },
    { reference: 'hf:u/r', folder: '/m', mayDownload: true },
  ],
  [
    { model: 'https://h/x.gguf', download: true },
    { reference: 'https://h/x.gguf', folder: undefined, mayDownload: true },
  ],
])('%j', (flags, settings) => {
  expect(modelSettings(flags)).toEqual(settings);
});

test.each([
  [{ download: true }, '--download goes with a --model that is a URL'],
  [{ download: true, model: 'a.gguf' }, '--download goes with'],
  [{ modelDir: 'x', model: 'a.gguf' }, '--model-dir goes with'],
])('%j is refused', (flags, sentence) => {
  expect(() => modelSettings(flags)).toThrow(sentence);
});
