/** `--gpu-layers`: a number of layers, also none at all, or `max`. */
import type { Flags } from './given.ts';
import { parseCount } from './parse.ts';

/** Undefined where nothing was asked for. @throws UsageError for anything else. */
export function gpuLayers({ gpuLayers: text }: Flags): number | 'max' | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === 'max') return 'max';
  return text === '0' ? 0 : parseCount(text, '--gpu-layers');
}
