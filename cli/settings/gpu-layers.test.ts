import { expect, test } from 'vitest';
import { gpuLayers } from './gpu-layers.ts';

test.each<[string | undefined, number | 'max' | undefined]>([
  [undefined, undefined],
  ['0', 0],
  ['24', 24],
  ['max', 'max'],
])('--gpu-layers %s is %s', (text, layers) => {
  expect(gpuLayers(text === undefined ? {} : { gpuLayers: text })).toBe(layers);
});

test.each(['all', '-1', '1.5', ''])('--gpu-layers %j is refused by its name', (text) => {
  expect(() => gpuLayers({ gpuLayers: text })).toThrow(
    `--gpu-layers takes a number of layers, 0 for none, or max for all of them, not "${text}".`,
  );
});
