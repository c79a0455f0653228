/** `--gpu-layers`: a number of layers, also none at all, or `max`. */
import type { Flags } from './given.ts';
import { UsageError } from '../usage-error.ts';

/** Undefined where nothing was asked for. @throws UsageError for anything else. */
export function gpuLayers({ gpuLayers: text }: Flags): number | 'max' | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === 'max') return 'max';
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new UsageError(`--gpu-layers takes a number of layers, 0 for none, or max for all of them, not "${text}".`);
}
