/**
 * Reads the head of a GGUF file and refuses what llama.cpp would crash on: some missing keys and shapes abort the whole process
 * (GGML_ASSERT) instead of throwing, so they have to be found first. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { open, stat } from 'node:fs/promises';
import type { GgufFileInfo } from 'node-llama-cpp';
import { isJsonObject } from '../spec/json.ts';
import { asText } from '../spec/as-text.ts';
import { partsOf } from './download/model-files.ts';
import type { Engine, LlamaModule } from './engine.ts';
import { headFault, type HeadFault } from './gguf-head.ts';
import { StartError } from './start-error.ts';
import { tensorBytes } from './tensor-size.ts';

/** Without these llama.cpp throws at best; without the feed-forward length or the head count it ends the process. */
const requiredKeys = ['context_length', 'embedding_length', 'block_count', 'feed_forward_length', 'attention.head_count'] as const;

/**
 * Metadata of a model file that is safe to load.
 *
 * @throws StartError with one sentence that says what is wrong with the file.
 */
export async function readModelFile(engine: Pick<Engine, 'module'>, path: string): Promise<GgufFileInfo> {
  const parts = partsOf(path);
  if (parts[0] !== path)
    throw new StartError('model-unreadable', `The model file ${path} is a part of a model; name the first one, ${parts[0]}.`);
  if (parts.length > 1) for (const part of parts) await requireWholeFile(engine.module, part);
  const length = await readableLength(path);
  const info = await readHead(engine.module, path, path, true);
  requireKeys(info, path);
  requireTensors(info, length, path);
  return info;
}

/**
 * That a file, or one part of a model in several, is as long as its head says. For what has just been downloaded to a place of its own.
 *
 * @param name The file's name in what is thrown.
 * @throws StartError `model-invalid` with one sentence.
 */
export async function requireWholeFile(module: LlamaModule, path: string, name: string = path): Promise<void> {
  const length = await readableLength(path, name);
  const info = await readHead(module, path, name, false);
  const end = tensorsEnd(info);
  if (end > length) throw cutShort(name, end, length);
}

async function readableLength(path: string, name: string = path): Promise<number> {
  try {
    // A pipe would be waited for.
    if (!(await stat(path)).isFile()) throw new StartError('model-unreadable', `The model ${name} is not a file.`);
    await using file = await open(path);
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1', 0, bytesRead) !== 'GGUF') {
      throw new StartError('model-invalid', `The model ${name} is not a GGUF file: it does not begin with "GGUF".`);
    }
    const fault = headFault(file.fd, size);
    if (fault !== undefined) throw new StartError('model-invalid', faults[fault](name, size));
    return size;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    // What llama.cpp takes after -hf, and Ollama after hf.co/.
    const isHubName = /^[\w.-]+\/[\w.-]+(?::[\w.-]+)?$/u.test(name) && !/\.gguf$/iu.test(name);
    const hint = isHubName ? ` A model on Hugging Face is named hf:${name}.` : '';
    throw new StartError('model-unreadable', `The model file ${name} ${reason}.${hint}`, error);
  }
}

const faults: Readonly<Record<HeadFault, (name: string, length: number) => string>> = {
  cut: (name, length) => `The GGUF file ${name} is cut short: its head goes on beyond its end at byte ${length}.`,
  damaged: (name) => `The head of the GGUF file ${name} cannot be read: the file is damaged.`,
  version: (name) => `The GGUF file ${name} is of a version, or for a kind of machine, that llama.cpp does not read.`,
};

async function readHead(module: LlamaModule, path: string, name: string, spliceSplitFiles: boolean): Promise<GgufFileInfo> {
  try {
    return await module.readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false, spliceSplitFiles });
  } catch (error) {
    throw new StartError('model-invalid', `The head of the GGUF file ${name} cannot be read: the file is damaged or cut short.`, error);
  }
}

function requireKeys(info: GgufFileInfo, path: string): void {
  const { architecture } = info.metadata.general ?? {};
  if (typeof architecture !== 'string') throw new StartError('model-invalid', `The GGUF file ${path} lacks general.architecture.`);
  const missing = requiredKeys.find((key) => lookUp(info.architectureMetadata, key) === undefined);
  if (missing !== undefined) throw new StartError('model-invalid', `The GGUF file ${path} lacks ${architecture}.${missing}.`);
  requireSizes(info, path);
  if (lookUp(info.metadata, 'tokenizer.ggml.tokens') === undefined) {
    throw new StartError(
      'model-invalid',
      `The GGUF file ${path} has no vocabulary (tokenizer.ggml.tokens), so it is no model that generates text.`,
    );
  }
}

/** Sizes that llama.cpp asserts. Some are rightly 0 where a model has no such layers, and lists where its layers differ. */
const sizes: readonly { readonly key: string; readonly least?: number; readonly most: number; readonly usedBy?: RegExp }[] = [
  { key: 'block_count', most: 512 },
  { key: 'embedding_length', most: 1_000_000 },
  { key: 'feed_forward_length', most: 10_000_000, usedBy: /^blk\.0\.ffn_up\.weight$/u },
  { key: 'attention.head_count', most: 100_000, usedBy: /^blk\.0\.attn_q(?:kv)?\.weight$/u },
  { key: 'attention.head_count_kv', most: 100_000, usedBy: /^blk\.0\.attn_k\.weight$/u },
  { key: 'attention.layer_norm_rms_epsilon', least: 0, most: 1 },
  { key: 'rope.freq_base', least: 0, most: 1e12 },
];

function requireSizes(info: GgufFileInfo, path: string): void {
  const names = (info.tensorInfo ?? []).map(({ name }) => name);
  const wrong = sizes.find(({ key, least = 1, most, usedBy }) => {
    const value = lookUp(info.architectureMetadata, key);
    if (typeof value !== 'number' || (value >= least && value <= most)) return false;
    return value > most || usedBy === undefined || names.some((name) => usedBy.test(name));
  });
  if (wrong === undefined) return;
  const name = `${info.metadata.general.architecture}.${wrong.key}`;
  const value = asText(lookUp(info.architectureMetadata, wrong.key));
  throw new StartError('model-invalid', `The GGUF file ${path} has a ${name} of ${value}: it is damaged.`);
}

function requireTensors(info: GgufFileInfo, length: number, path: string): void {
  // Of a model in several files only the first was measured; llama.cpp throws, not aborts, where a later part is short.
  if (info.splicedParts > 1) return;
  if ((info.tensorInfo ?? []).length === 0) throw new StartError('model-invalid', `The GGUF file ${path} holds no tensors.`);
  const end = tensorsEnd(info);
  if (end > length) throw cutShort(path, end, length);
}

function tensorsEnd({ tensorInfo = [] }: GgufFileInfo): number {
  return tensorInfo.reduce((furthest, tensor) => Math.max(furthest, Number(tensor.fileOffset) + tensorBytes(tensor)), 0);
}

function cutShort(path: string, end: number, length: number): StartError {
  return new StartError(
    'model-invalid',
    `The GGUF file ${path} is cut short: its tensors should end at byte ${end}, but the file ends at byte ${length}.`,
  );
}

function lookUp(root: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, part) => (isJsonObject(value) ? value[part] : undefined), root);
}
