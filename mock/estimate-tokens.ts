/** The mock's tokenizer: pieces of at most four characters that begin at a space. Crude, but it never changes, and longer text never has fewer. */
import type { ContentBlockParam, CountTokensRequest, MessageParam, TextBlockParam, Tool, ToolResultContentBlock } from '../spec/index.ts';

/** What a message costs beside its text, for its role and its end. */
const perMessage = 4;
const perRequest = 3;
const perTool = 8;
const perImage = 400;
const perFile = 800;

/** Characters of a token, without the space that it may begin with. */
const longestPiece = 4;

/** The tokens of a text, in order; they join to the text. Never splits a surrogate pair. */
export function tokenize(text: string): readonly string[] {
  return text.match(/\s?[^\s]{1,4}|\s/gu) ?? [];
}

/** How many tokens `tokenize` would give; without making them, since every request is counted. */
export function countTokens(text: string): number {
  let tokens = 0;
  let at = 0;
  while (at < text.length) {
    if (isSpace(text, at)) at += 1;
    for (let left = longestPiece; left > 0 && at < text.length && !isSpace(text, at); left -= 1) at += isPair(text, at) ? 2 : 1;
    tokens += 1;
  }
  return tokens;
}

/** As `\s` has it. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return /\s/u.test(text.charAt(at));
}

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

/** Tokens of the whole prompt: system, tools and messages. `cache_control` counts nothing, a string as much as one text block. */
export function countPrompt({ system, tools = [], messages }: CountTokensRequest): number {
  const systemTokens = system === undefined ? 0 : perMessage + countTexts(system);
  return perRequest + systemTokens + sum(tools.map(countTool)) + sum(messages.map(countMessage));
}

function countMessage({ content }: MessageParam): number {
  return perMessage + (typeof content === 'string' ? countTokens(content) : sum(content.map(countBlock)));
}

function countTexts(content: string | readonly TextBlockParam[]): number {
  return typeof content === 'string' ? countTokens(content) : sum(content.map(({ text }) => countTokens(text)));
}

function countTool(tool: Tool): number {
  return perTool + countJson(tool);
}

function countBlock(block: ContentBlockParam | ToolResultContentBlock): number {
  if (block.type === 'text') return countTokens(block.text);
  if (block.type === 'image') return perImage;
  if (block.type === 'document') return block.source.type === 'text' ? countTokens(block.source.data) : perFile;
  if (block.type === 'thinking') return countTokens(block.thinking);
  if (block.type === 'tool_use') return perTool + countTokens(block.name) + countJson(block.input);
  if (block.type === 'tool_result') {
    return perTool + (typeof block.content === 'string' ? countTokens(block.content) : sum((block.content ?? []).map(countBlock)));
  }
  // The rest is rare: as much as it takes to write it down.
  return countJson(block);
}

/** A marker for the cache is not part of the prompt. */
function countJson(value: unknown): number {
  return countTokens(JSON.stringify(value, (key, nested: unknown) => (key === 'cache_control' ? undefined : nested)));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, tokens) => total + tokens, 0);
}
