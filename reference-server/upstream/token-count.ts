/** Tokens of a prompt, counted by the engine itself: by its tokenizer where it can be asked, else by a completion of one token. */
import { ApiError } from '../../endpoint/errors.ts';
import { isJsonObject } from '../../spec/json.ts';
import type { ChatPrompt } from './chat-request.ts';
import { readChunk } from './chunk.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineTraits } from './engine-traits.ts';

/** @throws ApiError as the engine refuses, and a 404 where it tells no number at all. */
export async function countPromptTokens(
  client: EngineClient,
  traits: EngineTraits,
  prompt: ChatPrompt,
  signal?: AbortSignal,
): Promise<number> {
  // Tokenizers count the placeholder of an image, not what it becomes.
  const tokenizer = hasImages(prompt) ? undefined : traits.tokenizer;
  const count = (await askTokenizer(tokenizer, client, prompt, signal)) ?? (await askCompletion(client, prompt, signal));
  if (count === undefined || count === 0) throw new ApiError('not_found_error', `Tokens cannot be counted with ${traits.name}.`);
  return count;
}

/** Undefined where there is none, as where a proxy lets nothing but `/v1` through. */
async function askTokenizer(
  tokenizer: EngineTraits['tokenizer'],
  client: EngineClient,
  prompt: ChatPrompt,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { root } = client.address;
  try {
    if (tokenizer === 'vllm') return countIn(await client.post(`${root}/tokenize`, prompt, signal), 'count');
    if (tokenizer !== 'llama.cpp') return undefined;
    const rendered = await client.post(`${root}/apply-template`, prompt, signal);
    const content = isJsonObject(rendered) ? rendered['prompt'] : undefined;
    if (typeof content !== 'string') return undefined;
    const answer = await client.post(`${root}/tokenize`, { content, add_special: true, parse_special: true }, signal);
    return isJsonObject(answer) && Array.isArray(answer['tokens']) ? answer['tokens'].length : undefined;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 405)) return undefined;
    throw error;
  }
}

/** The engine reads the prompt, and keeps it for the request that follows, where it keeps prompts. */
async function askCompletion(client: EngineClient, prompt: ChatPrompt, signal: AbortSignal | undefined): Promise<number | undefined> {
  return readChunk(await client.post(`${client.address.api}/chat/completions`, { ...prompt, max_tokens: 1, stream: false }, signal)).usage
    .prompt;
}

function countIn(value: unknown, name: string): number | undefined {
  const count = isJsonObject(value) ? value[name] : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

function hasImages({ messages }: ChatPrompt): boolean {
  return messages.some(({ content }) => Array.isArray(content));
}
