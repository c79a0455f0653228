/** Opens the stream of a chat completion. What an engine refuses only because of how it was asked is asked once more in another way. */
import { ApiError } from '../../endpoint/errors.ts';
import type { ChatPlan, ChatPrompt } from './chat-request.ts';
import { readChunks } from './chat-reply.ts';
import type { Chunk } from './chunk.ts';
import type { EngineClient, EngineStream } from './engine-client.ts';
import { ContextOverflow } from './engine-error.ts';
import type { EngineModel } from './engine-models.ts';
import { isRouteMissing, missingRoute } from './missing-route.ts';

/** What is found out about an engine while it is used. */
export interface Experience {
  /** Models whose template takes no arguments, as those with Mistral's own tokenizer in vLLM. */
  readonly withoutSwitch: Set<string>;
}

/** @throws ApiError where the engine refuses, also if it does so in the first chunk, where some do. */
export async function openChat(
  client: EngineClient,
  model: EngineModel,
  plan: ChatPlan,
  experience: Experience,
  countPrompt: () => Promise<number>,
  signal: AbortSignal,
): Promise<AsyncIterable<Chunk>> {
  const switchable = plan.showsThinking || !experience.withoutSwitch.has(plan.prompt.model);
  const prompt = switchable ? plan.prompt : withoutSwitch(plan.prompt);
  try {
    return await begin(client, { ...prompt, ...plan.generation }, signal);
  } catch (error) {
    if (error instanceof ContextOverflow) {
      const max_tokens = await roomFor(error, model, plan, countPrompt);
      return begin(client, { ...prompt, ...plan.generation, max_tokens }, signal);
    }
    if (!refusesSwitch(error) || prompt.chat_template_kwargs === undefined || plan.showsThinking) throw error;
    experience.withoutSwitch.add(prompt.model);
    return begin(client, { ...withoutSwitch(prompt), ...plan.generation }, signal);
  }
}

async function begin(client: EngineClient, body: unknown, signal: AbortSignal): Promise<AsyncIterable<Chunk>> {
  const stream = await openRoute(client, body, signal);
  const chunks = readChunks(stream);
  const first = await chunks.next();
  return continued(first, chunks);
}

async function openRoute(client: EngineClient, body: unknown, signal: AbortSignal): Promise<EngineStream> {
  try {
    return await client.stream(`${client.address.api}/chat/completions`, body, signal);
  } catch (error) {
    throw isRouteMissing(error) ? await missingRoute(client, error) : error;
  }
}

async function* continued(first: IteratorResult<Chunk, void>, rest: AsyncGenerator<Chunk, void>): AsyncGenerator<Chunk, void> {
  try {
    if (first.done === true) return;
    yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/**
 * Tokens that the reply may have where prompt and `max_tokens` together were too many: the API lets a reply end there instead.
 *
 * @throws ApiError 400 in the API's words, which clients recognise, where the prompt alone is too long.
 */
async function roomFor(error: ContextOverflow, model: EngineModel, plan: ChatPlan, countPrompt: () => Promise<number>): Promise<number> {
  const window = error.window ?? model.window;
  const prompt = error.promptTokens ?? (await countOrNothing(countPrompt));
  if (window === undefined || prompt === undefined) throw new ApiError('invalid_request_error', `prompt is too long: ${error.message}`);
  if (prompt >= window) throw new ApiError('invalid_request_error', `prompt is too long: ${prompt} tokens > ${window} maximum`);
  // With room enough it was something else.
  if (Number(plan.generation['max_tokens']) <= window - prompt) throw error;
  return window - prompt;
}

/** What does not fit may not be counted either. */
async function countOrNothing(countPrompt: () => Promise<number>): Promise<number | undefined> {
  try {
    return await countPrompt();
  } catch {
    return undefined;
  }
}

function refusesSwitch(error: unknown): boolean {
  return error instanceof ApiError && error.status === 400 && /chat_template/.test(error.message);
}

function withoutSwitch({ chat_template_kwargs: _kwargs, ...prompt }: ChatPrompt): ChatPrompt {
  return prompt;
}
