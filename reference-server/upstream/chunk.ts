/** One chunk of a streamed chat completion, read once into what matters here. Engines differ in names, nulls and shapes. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { brokenReply, errorInStream } from './engine-error.ts';
import { jsonText } from './json-text.ts';

export interface Chunk {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly CallFragment[];
  readonly finish?: string;
  readonly usage: ChunkUsage;
}

/** A piece of a tool call. */
export interface CallFragment {
  readonly index?: number;
  readonly id?: string;
  readonly name?: string;
  readonly json: string;
}

/** What the chunk tells of the tokens so far, if anything. */
export interface ChunkUsage {
  readonly prompt?: number;
  readonly cached?: number;
  readonly output?: number;
  readonly reasoning?: number;
}

/** @throws ApiError for an error in its place, and for what is no chunk. */
export function readChunk(value: unknown): Chunk {
  if (!isJsonObject(value)) throw brokenReply('sent a chunk that is not an object');
  // vLLM and others end a failed stream with an error object; `error: null` is none.
  if ((value['error'] ?? undefined) !== undefined || value['object'] === 'error') throw errorInStream(value);
  const usage = readUsage(value);
  const { choices = [] } = value;
  if (!Array.isArray(choices)) throw brokenReply('sent a chunk whose choices are not a list');
  const choice: unknown = choices.find((one: unknown) => isJsonObject(one) && (one['index'] ?? 0) === 0);
  // Only the usage, or a sign of life.
  if (!isJsonObject(choice)) return { text: '', reasoning: '', calls: [], usage };
  // A `message` comes from engines that do not stream at all.
  const delta = choice['delta'] ?? choice['message'] ?? {};
  if (!isJsonObject(delta)) throw brokenReply('sent a chunk whose delta is not an object');
  const { finish_reason: finish } = choice;
  return {
    text: readText(delta['content']),
    // vLLM renamed it, and some versions send both with the same text.
    reasoning: readText(delta['reasoning_content'] ?? delta['reasoning']),
    calls: readCalls(delta['tool_calls']),
    ...(typeof finish === 'string' && finish !== '' ? { finish } : {}),
    usage,
  };
}

/** A string, or Mistral's list of parts. */
function readText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    return value.map((part: unknown) => (isJsonObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
  }
  throw brokenReply('sent text that is not a string');
}

function readCalls(value: unknown): readonly CallFragment[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw brokenReply('sent tool calls that are not a list');
  return value.map((call: unknown) => {
    if (!isJsonObject(call)) throw brokenReply('sent a tool call that is not an object');
    const { index, id } = call;
    const named = call['function'] ?? {};
    if (!isJsonObject(named)) throw brokenReply('sent a tool call without its function');
    const { name, arguments: json } = named;
    return {
      ...(typeof index === 'number' ? { index } : {}),
      ...(typeof id === 'string' && id !== '' ? { id } : {}),
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      json: readArguments(json),
    };
  });
}

/** A fragment of JSON; an object from engines that send it parsed. */
function readArguments(value: unknown): string {
  if (value === undefined || value === null) return '';
  const json = typeof value === 'string' ? value : jsonText(value);
  if (json === undefined) throw brokenReply('sent arguments for a tool that are nested too deep');
  return json;
}

/** OpenAI's `usage`, or llama.cpp's running `timings`. */
function readUsage(chunk: JsonObject): ChunkUsage {
  const { usage, timings } = chunk;
  if (isJsonObject(usage)) {
    const prompt = usage['prompt_tokens_details'];
    const completion = usage['completion_tokens_details'];
    return defined({
      prompt: count(usage['prompt_tokens']),
      cached: isJsonObject(prompt) ? count(prompt['cached_tokens']) : undefined,
      output: count(usage['completion_tokens']),
      // SGLang has it beside the others.
      reasoning: count(isJsonObject(completion) ? completion['reasoning_tokens'] : usage['reasoning_tokens']),
    });
  }
  if (!isJsonObject(timings)) return {};
  const { prompt_n: read, cache_n: kept, predicted_n: output } = timings;
  const cached = count(kept);
  const processed = count(read);
  // Without `cache_n`, in older versions, what was in the cache is not counted at all.
  return defined({
    prompt: cached === undefined || processed === undefined ? undefined : count(cached + processed),
    cached,
    output: count(output),
    reasoning: undefined,
  });
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function defined(usage: Readonly<Record<keyof ChunkUsage, number | undefined>>): ChunkUsage {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined));
}
