/** From the stream of a chat completion to the events of a reply. Whatever an engine may send ends in a `stop` or in an `ApiError`. */
import type { BackendEvent, PromptTokens, StopReason } from '../../endpoint/backend.ts';
import type { ChatPlan } from './chat-request.ts';
import { type Chunk, type ChunkUsage, readChunk } from './chunk.ts';
import type { EngineStream } from './engine-client.ts';
import { brokenReply, errorInStream, quoted } from './engine-error.ts';
import { readEventData } from './event-data.ts';
import { withLastChunks } from './last-chunks.ts';
import { ReplyBlocks } from './reply-blocks.ts';

export interface ReplySettings {
  readonly plan: ChatPlan;
  /** As the request has it. */
  readonly maxTokens: number;
  /** Tokens of prompt and reply together, where known. */
  readonly window: number | undefined;
  /** Whether the reply is told at once, so that its beginning may wait for its end. */
  readonly isWhole: boolean;
  /** Whether the prompt's cached part is told apart: a client sees it only where it asked for caching. */
  readonly tellsCache: boolean;
  /** How long the usage may come after the end of the reply. */
  readonly usageMs: number;
  /** Counts the prompt where the engine has not told it when the reply begins. */
  readonly countPrompt: () => Promise<number>;
}

/** The chunks of an engine's answer, streamed or whole. @throws ApiError for everything else. */
export async function* readChunks({ contentType, bytes, readAll }: EngineStream): AsyncGenerator<Chunk, void> {
  if (/^application\/json/i.test(contentType)) {
    yield readChunk(parse(await readAll()));
    return;
  }
  if (contentType !== '' && !/^text\/(event-stream|plain)/i.test(contentType)) throw brokenReply('did not answer with an event stream');
  for await (const { kind, text } of readEventData(bytes)) {
    if (text.trim() === '[DONE]') return;
    if (kind === 'error') throw errorInStream(parse(text));
    yield readChunk(parse(text));
  }
}

/** The events of the reply, from `start` to `stop`. */
export async function* readReply(chunks: AsyncIterable<Chunk>, settings: ReplySettings): AsyncGenerator<BackendEvent, void> {
  const { plan, isWhole, usageMs } = settings;
  const blocks = new ReplyBlocks(plan);
  const usage: Usage = {};
  /** What waits for `start`. */
  const held: BackendEvent[] = [];
  let prompt: PromptTokens | undefined;
  let finish: string | undefined;
  let pieces = 0;
  for await (const chunk of withLastChunks(chunks, () => finish !== undefined, usageMs)) {
    Object.assign(usage, chunk.usage);
    const saysSomething = chunk.text !== '' || chunk.reasoning !== '' || chunk.calls.length > 0;
    if (saysSomething) pieces += 1;
    // What comes after the end was announced is usage at most.
    if (finish === undefined) for (const event of blocks.push(chunk)) held.push(event);
    if (prompt === undefined && (usage.prompt !== undefined || (saysSomething && !isWhole))) {
      prompt = await promptTokens(usage, settings);
      yield { type: 'start', prompt };
    }
    if (prompt !== undefined) yield* held.splice(0);
    finish ??= chunk.finish;
    // The engine is stopped by leaving: what would follow is not wanted.
    if (blocks.matchedStop !== undefined || blocks.isOver) break;
  }
  const isEndedHere = blocks.matchedStop !== undefined || blocks.isOver;
  if (finish === undefined && !isEndedHere) throw brokenReply('ended its reply in the middle');
  const isCut = !isEndedHere && isCutShort(finish, blocks, usage, settings);
  for (const event of blocks.finish(isCut)) held.push(event);
  const end = stopReason(finish, isCut, blocks, usage, settings);
  keepPromises(end.reason, blocks, plan);
  if (prompt === undefined) {
    prompt = await promptTokens(usage, settings);
    yield { type: 'start', prompt };
  }
  yield* held;
  yield {
    type: 'stop',
    ...end,
    // Where the engine was left before it told: a piece is a token as a rule, and never less than one.
    outputTokens: usage.output ?? pieces,
    ...(usage.reasoning === undefined || !plan.showsThinking ? {} : { thinkingTokens: usage.reasoning }),
    ...(prompt.input === 0 && usage.prompt !== undefined ? { usage: { input_tokens: usage.prompt } } : {}),
  };
}

type Usage = { -readonly [Field in keyof ChunkUsage]: ChunkUsage[Field] };

async function promptTokens({ prompt, cached = 0 }: ChunkUsage, { countPrompt, tellsCache }: ReplySettings): Promise<PromptTokens> {
  if (prompt === undefined || prompt === 0) return { input: await countPrompt() };
  return tellsCache && cached > 0 && cached < prompt ? { input: prompt - cached, cacheRead: cached } : { input: prompt };
}

/** vLLM calls a reply that ran out of tokens within a call a finished one (vllm#47761). */
function isCutShort(finish: string | undefined, blocks: ReplyBlocks, usage: ChunkUsage, { maxTokens }: ReplySettings): boolean {
  return finish === 'length' || finish === 'max_tokens' || (blocks.isInCall && (usage.output ?? 0) >= maxTokens);
}

function stopReason(
  finish: string | undefined,
  isCut: boolean,
  blocks: ReplyBlocks,
  usage: ChunkUsage,
  { window, maxTokens }: ReplySettings,
): { readonly reason: StopReason; readonly stopSequence?: string } {
  if (isCut) {
    const total = (usage.prompt ?? 0) + (usage.output ?? 0);
    const isFull = window !== undefined && usage.output !== undefined && usage.output < maxTokens && total >= window - 1;
    return { reason: isFull ? 'model_context_window_exceeded' : 'max_tokens' };
  }
  if (blocks.calls > 0) return { reason: 'tool_use' };
  if (blocks.matchedStop !== undefined) return { reason: 'stop_sequence', stopSequence: blocks.matchedStop };
  if (finish === 'content_filter') return { reason: 'refusal' };
  if (finish === 'stop' || finish === 'tool_calls' || finish === 'function_call' || finish === 'eos') return { reason: 'end_turn' };
  throw brokenReply(`ended its reply for the reason ${quoted(finish ?? '')}`);
}

/** An engine that ignores a field answers as if all were well. */
function keepPromises(reason: StopReason, blocks: ReplyBlocks, plan: ChatPlan): void {
  if (plan.isForced && blocks.calls === 0 && reason === 'end_turn')
    throw brokenReply('did not make the tool call that tool_choice asks for');
  if (plan.isJson && reason === 'end_turn' && !isJson(blocks.text))
    throw brokenReply('did not keep to the format that output_config asks for');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenReply('sent a chunk that is not JSON');
  }
}
