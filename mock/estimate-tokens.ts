/** The mock's tokenizer: pieces of at most four characters that begin at a space. Crude, but it never changes, and longer text never has fewer. */
import type { ContentBlockParam, CountTokensRequest, MessageParam, TextBlockParam, Tool, ToolResultContentBlock } from '../spec/index.ts';

/** What a message costs beside its text, for its role and its end. */
const perMessage = 4;
const perRequest = 3;
const perTool = 8;
const perImage = 400;
const perFile = 800;

/** The tokens of a text, in order; they join to the text. Never splits a surrogate pair. */
export function tokenize(text: string): readonly string[] {
  return text.match(/\s?[^\s]{1,4}|\s/gu) ?? [];
}

/** Tokens of the whole prompt: system, tools and messages. `cache_control` counts nothing, a string as much as one text block. */
export function countPrompt({ system, tools = [], messages }: CountTokensRequest): number {
  const systemTokens = system === undefined ? 0 : perMessage + countTexts(system);
  return perRequest + systemTokens + sum(tools.map(countTool)) + sum(messages.map(countMessage));
}

function countMessage({ content }: MessageParam): number {
  return perMessage + (typeof content === 'string' ? count(content) : sum(content.map(countBlock)));
}

function countTexts(content: string | readonly TextBlockParam[]): number {
  return typeof content === 'string' ? count(content) : sum(content.map(({ text }) => count(text)));
}

function countTool(tool: Tool): number {
  return perTool + countJson(tool);
}

function countBlock(block: ContentBlockParam | ToolResultContentBlock): number {
  if (block.type === 'text') return count(block.text);
  if (block.type === 'image') return perImage;
  if (block.type === 'document') return block.source.type === 'text' ? count(block.source.data) : perFile;
  if (block.type === 'thinking') return count(block.thinking);
  if (block.type === 'tool_use') return perTool + count(block.name) + countJson(block.input);
  if (block.type === 'tool_result') {
    return perTool + (typeof block.content === 'string' ? count(block.content) : sum((block.content ?? []).map(countBlock)));
  }
  // The rest is rare: as much as it takes to write it down.
  return countJson(block);
}

/** A marker for the cache is not part of the prompt. */
function countJson(value: unknown): number {
  return count(JSON.stringify(value, (key, nested: unknown) => (key === 'cache_control' ? undefined : nested)));
}

function count(text: string): number {
  return tokenize(text).length;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, tokens) => total + tokens, 0);
}
