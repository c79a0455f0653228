/** The Backend of the reference server: one GGUF model, run by node-llama-cpp. */
import { stat } from 'node:fs/promises';
import type { Backend, BackendEvent, PromptTokens } from '../endpoint/backend.ts';
import { ApiError } from '../endpoint/errors.ts';
import type { CountTokensRequest, MessagesRequest, Usage } from '../spec/index.ts';
import { GrammarGuard } from './grammar-guard.ts';
import { generateReply, type GenerationSettings, reusePrefix } from './generation.ts';
import { countSlowly, isLong } from './long-prompt.ts';
import { type LoadedModel, loadModel, modelName, type ModelOptions } from './model.ts';
import { modelInfo } from './model-info.ts';
import { cachedLength, isForAnHour } from './prompt/cached-length.ts';
import { planReply } from './prompt/reply-plan.ts';
import { SequencePool } from './sequence-pool.ts';

export interface LlamaBackendOptions extends ModelOptions, GenerationSettings {
  /** The id that clients use. Default: the file's name without `.gguf`, which is `tiny` for the bundled model. */
  readonly name?: string;
  /** Requests that may wait for their turn before others are refused with 529. Default 64. */
  readonly longestQueue?: number;
}

const defaultLongestQueue = 64;

/**
 * Loads a model and serves it. Dispose it to free its memory; generations that run then fail.
 *
 * @throws StartError where the engine is missing or the file cannot be used, with one sentence that says what to do.
 */
export async function createLlamaBackend(options: LlamaBackendOptions = {}): Promise<Backend & AsyncDisposable> {
  const model = await loadModel(options);
  const pool = new SequencePool(model.context, options.longestQueue ?? defaultLongestQueue);
  const models = [modelInfo(model, options.name ?? modelName(model.path), (await stat(model.path)).mtime)];
  return {
    keepsPrompts: true,
    models: () => models,
    countTokens: (request) => countTokens(model, request),
    generate: (request, signal) => generate(model, pool, request, signal, options),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

/** Exactly, as it will be used; but a prompt that cannot be used is counted in slices that leave time for others. */
async function countTokens(model: LoadedModel, request: CountTokensRequest): Promise<number> {
  const length = isLong(request) ? await countSlowly(model, request) : undefined;
  return length !== undefined && length > model.window ? length : planReply(model, request).tokens.length;
}

async function* generate(
  model: LoadedModel,
  pool: SequencePool,
  request: MessagesRequest,
  signal: AbortSignal,
  settings: GenerationSettings,
): AsyncGenerator<BackendEvent, void> {
  if (isLong(request)) {
    const length = await countSlowly(model, request, signal);
    if (length === undefined) return;
    requireRoom(length, model.window);
  }
  const plan = planReply(model, request);
  requireRoom(plan.tokens.length, model.window);
  const guard = new GrammarGuard(model, plan);
  await guard.prepare();
  using lease = await pool.acquire(plan.tokens, signal);
  if (lease === undefined) return;
  const reused = await reusePrefix(lease.sequence, plan.tokens);
  const asked = cachedLength(model, request, plan.tokens);
  const prompt = promptTokens(plan.tokens.length, asked, reused);
  const forAnHour = asked === 0 ? 0 : cachedLength(model, request, plan.tokens, isForAnHour);
  yield { type: 'start', prompt, usage: { cache_creation: creation(prompt, forAnHour) } };
  yield* generateReply(model, lease.sequence, plan, guard, request, signal, settings);
}

/** What the client asked to keep counts as read or as written; the rest as input, although it may have been reused as well. */
function promptTokens(all: number, asked: number, reused: number): PromptTokens {
  const cacheRead = Math.min(reused, asked);
  return { input: all - asked, cacheCreation: asked - cacheRead, cacheRead };
}

/** What was written, by how long it is asked to be kept: what was read comes first, then what is for an hour. */
function creation({ cacheCreation = 0, cacheRead = 0 }: PromptTokens, forAnHour: number): NonNullable<Usage['cache_creation']> {
  const hour = Math.min(Math.max(forAnHour - cacheRead, 0), cacheCreation);
  return { ephemeral_5m_input_tokens: cacheCreation - hour, ephemeral_1h_input_tokens: hour };
}

/** In the API's words, which clients recognise. llama.cpp would silently drop the beginning of the prompt instead. */
function requireRoom(length: number, window: number): void {
  if (length <= window) return;
  throw new ApiError('invalid_request_error', `prompt is too long: ${length} tokens > ${window} maximum`);
}
