/**
 * Reads the head of a GGUF file and refuses what llama.cpp would crash on: some missing keys and shapes abort the whole process
 * (GGML_ASSERT) instead of throwing, so they have to be found first. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { open } from 'node:fs/promises';
import type { GgufFileInfo } from 'node-llama-cpp';
import type { Engine } from './engine.ts';
import { StartError } from './start-error.ts';
import { tensorBytes } from './tensor-size.ts';

/** Without these llama.cpp throws at best; without the feed-forward length or the head count it ends the process. */
const requiredKeys = ['context_length', 'embedding_length', 'block_count', 'feed_forward_length', 'attention.head_count'] as const;

/**
 * Metadata of a model file that is safe to load.
 *
 * @throws StartError with one sentence that says what is wrong with the file.
 */
export async function readModelFile(engine: Engine, path: string): Promise<GgufFileInfo> {
  const length = await readableLength(path);
  const info = await readHead(engine, path);
  // The library reads zeros beyond the end of a file, so a cut head looks like a short one.
  if ((info.infoEndOffset ?? 0) > length) throw cutShort(path, 'head', info.infoEndOffset ?? 0, length);
  requireKeys(info, path);
  requireTensors(info, length, path);
  return info;
}

async function readableLength(path: string): Promise<number> {
  try {
    await using file = await open(path);
    const stat = await file.stat();
    if (!stat.isFile()) throw new StartError('model-unreadable', `The model ${path} is not a file.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1', 0, bytesRead) !== 'GGUF') {
      throw new StartError('model-invalid', `The model ${path} is not a GGUF file: it does not begin with "GGUF".`);
    }
    return stat.size;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new StartError('model-unreadable', `The model file ${path} ${reason}.`, error);
  }
}

async function readHead(engine: Engine, path: string): Promise<GgufFileInfo> {
  try {
    return await engine.module.readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
  } catch (error) {
    throw new StartError('model-invalid', `The head of the GGUF file ${path} cannot be read: the file is damaged or cut short.`, error);
  }
}

function requireKeys(info: GgufFileInfo, path: string): void {
  const { architecture } = info.metadata.general ?? {};
  if (typeof architecture !== 'string') throw new StartError('model-invalid', `The GGUF file ${path} lacks general.architecture.`);
  const missing = requiredKeys.find((key) => lookUp(info.architectureMetadata, key) === undefined);
  if (missing !== undefined) throw new StartError('model-invalid', `The GGUF file ${path} lacks ${architecture}.${missing}.`);
  if (lookUp(info.metadata, 'tokenizer.ggml.tokens') === undefined) {
    throw new StartError(
      'model-invalid',
      `The GGUF file ${path} has no vocabulary (tokenizer.ggml.tokens), so it is no model that generates text.`,
    );
  }
}

function requireTensors(info: GgufFileInfo, length: number, path: string): void {
  // Of a model in several files only the first was measured; llama.cpp throws, not aborts, where a later part is short.
  if (info.splicedParts > 1) return;
  const tensors = info.tensorInfo ?? [];
  if (tensors.length === 0) throw new StartError('model-invalid', `The GGUF file ${path} holds no tensors.`);
  const end = tensors.reduce((furthest, tensor) => Math.max(furthest, Number(tensor.fileOffset) + tensorBytes(tensor)), 0);
  if (end > length) throw cutShort(path, 'tensors', end, length);
}

function cutShort(path: string, part: 'head' | 'tensors', end: number, length: number): StartError {
  return new StartError(
    'model-invalid',
    `The GGUF file ${path} is cut short: its ${part} should end at byte ${end}, but the file ends at byte ${length}.`,
  );
}

function lookUp(root: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), root);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
