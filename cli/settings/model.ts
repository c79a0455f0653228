/** `--model` and what goes with it: which model `serve` runs, and whether it may be downloaded. */
import { UsageError } from '../usage-error.ts';
import type { Flags } from './given.ts';

export interface ModelSettings {
  /** As typed: a path, a URL or an `hf:` name. Undefined for the bundled model. */
  readonly reference: string | undefined;
  readonly folder: string | undefined;
  readonly mayDownload: boolean;
}

/** @throws UsageError for flags of a download where there is nothing to download. */
export function modelSettings({ model, modelDir, download }: Flags): ModelSettings {
  const reference = typeof model === 'string' ? model : undefined;
  const isRemote = reference !== undefined && /^(?:https?:|hf:|hf\.co\/|huggingface\.co\/)/iu.test(reference);
  const stray = download === true ? '--download' : modelDir === undefined ? undefined : '--model-dir';
  if (stray !== undefined && !isRemote) {
    throw new UsageError(`${stray} goes with a --model that is a URL or a name on Hugging Face, as in hf:user/repo:Q4_K_M.`);
  }
  return { reference, folder: typeof modelDir === 'string' ? modelDir : undefined, mayDownload: download === true };
}
