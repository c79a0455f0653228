/** A Backend that answers through an OpenAI-compatible engine: vLLM, SGLang, LMDeploy, llama.cpp's server, Ray Serve and their like. */
import type { Backend, BackendEvent } from '../../endpoint/backend.ts';
import { ApiError } from '../../endpoint/errors.ts';
import type { CountTokensRequest, MessagesRequest } from '../../spec/index.ts';
import { messageOf } from '../../spec/as-text.ts';
import { StartError } from '../start-error.ts';
import { readReply } from './chat-reply.ts';
import { planChat } from './chat-request.ts';
import { type Experience, openChat } from './chat-stream.ts';
import { engineAddress } from './engine-address.ts';
import { EngineClient, type EngineClientOptions } from './engine-client.ts';
import { type EngineModel, loadModels } from './engine-models.ts';
import { requireChat } from './missing-route.ts';
import { countPromptTokens } from './token-count.ts';

export interface UpstreamBackendOptions extends EngineClientOptions {
  /** Base URL of the engine's OpenAI API, such as `http://127.0.0.1:8000/v1`. */
  readonly upstream: string;
  /** Its kind (`vllm`, `sglang`, `lmdeploy`, `llamacpp`), where its models list does not tell. */
  readonly engine?: string;
}

/** How old the models list may grow before it is asked for again. */
const listAgeMs = 30_000;
/** A reply is over when its end is announced; engines that count tell the usage in the same moment. */
const longestUsageMs = 5000;

/**
 * Asks the engine for its models, and answers through it. Dispose it to close the connections.
 *
 * @throws StartError where the address is none, nobody answers there, no model is served, or there are no chat completions.
 */
export async function createUpstreamBackend(options: UpstreamBackendOptions): Promise<Backend & AsyncDisposable> {
  const { upstream, engine, ...clientOptions } = options;
  const address = engineAddress(upstream);
  const client = new EngineClient(address, clientOptions);
  const experience: Experience = { withoutSwitch: new Set() };
  let models = await firstModels(client, engine);
  let askedAt = performance.now();

  /** The list grows and shrinks with adapters. Nobody waits for it. */
  function refresh(): void {
    if (performance.now() - askedAt < listAgeMs) return;
    askedAt = performance.now();
    void reload();
  }

  async function reload(): Promise<void> {
    try {
      models = await loadModels(client, engine, models);
    } catch {
      // What was listed last goes on: a request will tell what is wrong.
    }
  }

  return {
    models() {
      refresh();
      return models.map(({ info }) => info);
    },
    countTokens(request) {
      const { traits } = modelOf(models, request);
      return countPromptTokens(client, traits, planChat(request, traits).prompt);
    },
    generate: (request, signal) => generate(client, modelOf(models, request), request, experience, signal),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

async function* generate(
  client: EngineClient,
  model: EngineModel,
  request: MessagesRequest,
  experience: Experience,
  signal: AbortSignal,
): AsyncGenerator<BackendEvent, void> {
  const { traits, window } = model;
  const plan = planChat(request, traits);
  const isWhole = request.stream !== true;
  const countPrompt = (): Promise<number> => countPromptTokens(client, traits, plan.prompt, signal);
  /** Closes the connection, also of a reply that has not ended, or that nobody has begun to read. */
  const leave = new AbortController();
  try {
    // Before the reply rather than while it runs: an engine with a single slot would wait for itself.
    const counted = isWhole || traits.countsEarly ? undefined : await countOrZero(countPrompt, refusesPrompt);
    const chunks = await openChat(client, model, plan, experience, countPrompt, AbortSignal.any([signal, leave.signal]));
    yield* readReply(chunks, {
      plan,
      maxTokens: request.max_tokens,
      window,
      isWhole,
      tellsCache: asksForCaching(request),
      usageMs: Math.min(client.plainSilenceMs, longestUsageMs),
      countPrompt: async () => counted ?? (await countOrZero(countPrompt, () => false)),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    leave.abort();
  }
}

/** A reply is not worth less because its prompt was not counted at its beginning; at its end it is. */
async function countOrZero(count: () => Promise<number>, isFatal: (error: unknown) => boolean): Promise<number> {
  try {
    return await count();
  } catch (error) {
    if (isFatal(error)) throw error;
    return 0;
  }
}

/** Whether the request itself would fare no better. */
function refusesPrompt(error: unknown): boolean {
  return !(error instanceof ApiError) || (error.status !== 404 && error.status !== 500);
}

function modelOf(models: readonly EngineModel[], { model: id }: CountTokensRequest): EngineModel {
  const model = models.find(({ info }) => info.id === id);
  // Only where it has gone since the endpoint looked.
  if (model === undefined) throw new ApiError('not_found_error', `model: ${id} is not served here any more.`);
  return model;
}

function asksForCaching(request: MessagesRequest): boolean {
  return JSON.stringify(request).includes('"cache_control":{');
}

async function firstModels(client: EngineClient, engine: string | undefined): Promise<readonly EngineModel[]> {
  const { api } = client.address;
  const models = await listedModels(client, engine);
  try {
    if (models.length === 0) throw new StartError('engine-unreachable', `The engine at ${api} serves no model.`);
    await requireChat(client);
    return models;
  } catch (error) {
    await client[Symbol.asyncDispose]();
    throw error;
  }
}

async function listedModels(client: EngineClient, engine: string | undefined): Promise<readonly EngineModel[]> {
  try {
    return await loadModels(client, engine);
  } catch (error) {
    await client[Symbol.asyncDispose]();
    const why = messageOf(error).replace(/(?<![.!?])$/, '.');
    const advice = 'Is the engine up, and is this its address?';
    throw new StartError('engine-unreachable', `${client.address.api} does not list its models. ${why} ${advice}`, error);
  }
}
