/** How much of a prompt `cache_control` asks to keep. https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
import type { Token } from 'node-llama-cpp';
import { ApiError } from '../../endpoint/errors.ts';
import type { ContentBlockParam, MessageParam, MessagesRequest } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { planReply, type PromptModel } from './reply-plan.ts';

/**
 * Tokens up to the last marked place; 0 where none is marked. Never the whole prompt: its last token is read anew by every request.
 *
 * Templates do not say which token belongs to which block, so the request is rendered once more as it would be if it ended at the mark:
 * what both prompts begin with is what comes before it.
 */
export function cachedLength(model: PromptModel, request: MessagesRequest, prompt: readonly Token[], isWanted: IsMark = isMark): number {
  const upTo = cutAtLastMark(request, isWanted);
  if (upTo === undefined) return 0;
  const shared = upTo === request ? prompt.length : commonBeginning(prompt, tokensOf(model, upTo));
  return Math.min(shared, prompt.length - 1);
}

/** Whether `cache_control`, or what stands in its place, asks to keep something. */
type IsMark = (mark: unknown) => boolean;

const isMark: IsMark = (mark) => mark !== undefined && mark !== null;

/** Marks that ask to keep it for an hour. All of them come before those for five minutes. */
export const isForAnHour: IsMark = (mark) => isJsonObject(mark) && mark['ttl'] === '1h';

/** The request as it is up to its last mark; itself where the mark is at its end; undefined where there is none. */
function cutAtLastMark(request: MessagesRequest, isWanted: IsMark): MessagesRequest | undefined {
  // Blocks, tools and requests alike; some kinds of them cannot be marked.
  const isMarked = (value: object): boolean => 'cache_control' in value && isWanted(value.cache_control);
  const isMarkedBlock = (block: ContentBlockParam): boolean =>
    isMarked(block) || (block.type === 'tool_result' && Array.isArray(block.content) && block.content.some((inner) => isMarked(inner)));
  if (isMarked(request)) return request;
  const { messages, system, tools = [] } = request;
  for (const [index, message] of [...messages.entries()].toReversed()) {
    const blocks = typeof message.content === 'string' ? [] : message.content;
    const mark = blocks.findLastIndex((block) => isMarkedBlock(block));
    if (mark < 0) continue;
    if (index === messages.length - 1 && mark === blocks.length - 1) return request;
    // A beginning of a message's blocks is of the same kind as the message; TypeScript cannot see that through the spread.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    const last = { ...message, content: blocks.slice(0, mark + 1) } as MessageParam;
    return ending(request, [...messages.slice(0, index), last]);
  }
  const systemMark = typeof system === 'object' ? system.findLastIndex(isMarked) : -1;
  if (typeof system === 'object' && systemMark >= 0) return { ...ending(request, []), system: system.slice(0, systemMark + 1) };
  // Templates put the tools behind the system text, or in front of it: what comes before the first message is kept with them.
  return tools.some((tool) => isMarked(tool)) ? ending(request, []) : undefined;
}

/** With these messages, and a question that says nothing: templates want one, and a prompt that ends in an answer is another thing. */
function ending(request: MessagesRequest, messages: readonly MessageParam[]): MessagesRequest {
  const asks = messages.at(-1)?.role === 'user';
  return { ...request, messages: asks ? [...messages] : [...messages, { role: 'user', content: '' }] };
}

function tokensOf(model: PromptModel, request: MessagesRequest): readonly Token[] {
  try {
    return planReply(model, request).tokens;
  } catch (error) {
    // A part of a conversation that the template refuses is not kept apart from the rest.
    if (error instanceof ApiError) return [];
    throw error;
  }
}

function commonBeginning(a: readonly Token[], b: readonly Token[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
