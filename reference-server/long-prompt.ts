/**
 * Counts prompts that are too long to be tokenized in one go: a megabyte takes the tokenizer a third of a second, in which no other stream
 * gets a token, and a body may have 32 of them.
 */
import type { CountTokensRequest, MessagesRequest } from '../spec/index.ts';
import type { Segment } from './prompt/placeholders.ts';
import { planReply, type PromptModel } from './prompt/reply-plan.ts';

/** Characters that are tokenized at once: some 20 ms. */
const sliceLength = 65_536;

/** What a value costs at the least beside its text: marks of a turn, punctuation of JSON, the digits of a number. */
const costOfValue = 8;

/** Whether a request has more text than can be tokenized at once without anybody noticing. */
export function isLong(request: CountTokensRequest | MessagesRequest): boolean {
  return hasMore(request, { left: 4 * sliceLength });
}

function hasMore(value: unknown, budget: { left: number }): boolean {
  budget.left -= typeof value === 'string' ? value.length : costOfValue;
  if (typeof value !== 'object' || value === null) return budget.left < 0;
  return Object.entries(value).some(([key, item]) => {
    if (!Array.isArray(value)) budget.left -= key.length;
    return hasMore(item, budget);
  });
}

/**
 * The tokens of the prompt, counted slice by slice with a turn of the event loop after each; where a slice ends within what would be one
 * token, it counts as two. Undefined if `signal` aborts first.
 *
 * @throws ApiError 400 for what this model cannot do.
 */
export async function countSlowly(
  model: PromptModel,
  request: CountTokensRequest | MessagesRequest,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const { vocabulary } = model;
  let tokens = 0;
  for (const slice of slices(renderedBy(model, request))) {
    if (signal?.aborted === true) return undefined;
    tokens += vocabulary.tokenize([slice]).length;
    await new Promise(setImmediate);
  }
  return tokens;
}

/** What would be tokenized. */
function renderedBy(model: PromptModel, request: CountTokensRequest | MessagesRequest): readonly Segment[] {
  const rendered: Segment[] = [];
  const tokenizePrompt = (segments: readonly Segment[]): [] => {
    for (const segment of segments) rendered.push(segment);
    return [];
  };
  planReply({ ...model, vocabulary: { ...model.vocabulary, tokenizePrompt } }, request);
  return rendered;
}

function* slices(segments: readonly Segment[]): Generator<Segment, void> {
  for (const { kind, text } of segments) {
    for (let start = 0; start < text.length;) {
      const end = endOfSlice(text, start);
      yield { kind, text: text.slice(start, end) };
      start = end;
    }
  }
}

/** Before a space, where tokens of most models begin; never within a character. */
function endOfSlice(text: string, start: number): number {
  const most = start + sliceLength;
  if (most >= text.length) return text.length;
  const space = text.lastIndexOf(' ', most);
  if (space > start) return space;
  const isWithin = (text.codePointAt(most - 1) ?? 0) > 0xffff;
  return isWithin ? most - 1 : most;
}
