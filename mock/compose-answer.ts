/** What the mock says when no script says otherwise. Simple rules, so that whoever writes a test can foresee the answer. */
import type { CustomTool, MessagesRequest, Tool, ToolChoice, TypedTool } from '../spec/index.ts';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import { ApiError } from '../endpoint/index.ts';
import { minimalInput } from './minimal-input.ts';
import { readPrompt, resultText, type Prompt } from './read-prompt.ts';

export interface ToolCall {
  readonly name: string;
  readonly input: JsonObject;
}

export interface ComposedAnswer {
  readonly thinking?: string;
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

/**
 * The default answer:
 * - `tool_choice` `tool` or `any`: a call of that tool, or of the first one asked for, else of the first;
 * - tool results: a text that quotes them;
 * - `auto`: a call of each tool that the last user message asks for, by its name or a word of it ("weather" for `get_weather`);
 * - "Repeat after me: X", "Say X": X;
 * - "long", "story", "essay", "poem": some five hundred tokens;
 * - "count": the numbers up to the one named, else to 200;
 * - `output_config.format`: the smallest JSON that satisfies its schema;
 * - anything else: a text that quotes the question, of some forty tokens.
 *
 * "Both", "each" or "twice" in the prompt doubles a call, unless `disable_parallel_tool_use` forbids it. With `thinking` on, a thought comes first.
 */
export function composeAnswer(request: MessagesRequest): ComposedAnswer {
  const prompt = readPrompt(request.messages);
  const calls = composeCalls(request, prompt);
  const isForced = request.tool_choice?.type === 'any' || request.tool_choice?.type === 'tool';
  const text = calls.length === 0 ? composeText(request, prompt) : isForced ? '' : `I will use ${calls[0]?.name ?? ''}.`;
  const thinking = `The user wants an answer to "${excerpt(prompt.text)}".`;
  // What is quoted may hold half a character.
  return { text: text.toWellFormed(), calls, ...(thinks(request) && { thinking: thinking.toWellFormed() }) };
}

function thinks({ thinking }: MessagesRequest): boolean {
  return thinking?.type === 'enabled' || thinking?.type === 'adaptive';
}

function composeCalls(
  { tools: offered, tool_choice: choice = { type: 'auto' } }: MessagesRequest,
  { text, toolResults }: Prompt,
): readonly ToolCall[] {
  const tools = toolsIn(offered);
  const callable = tools.filter(isNamed);
  if (choice.type === 'any' && callable.length === 0 && tools.length > 0) {
    throw new ApiError('invalid_request_error', 'tool_choice: this mock calls no tools of a toolset.');
  }
  const asked = callable.filter(({ name }) => asksFor(text, name));
  const calls = chooseTools(choice, callable, asked, toolResults.length > 0).map((tool) => ({ name: tool.name, input: inputFor(tool) }));
  if (choice.type !== 'none' && choice.disable_parallel_tool_use === true) return calls.slice(0, 1);
  return calls.length === 1 && /\b(?:both|each|twice)\b/i.test(text) ? [...calls, ...calls] : calls;
}

function chooseTools(
  choice: ToolChoice,
  callable: readonly NamedTool[],
  asked: readonly NamedTool[],
  hasResults: boolean,
): readonly NamedTool[] {
  if (choice.type === 'tool') return callable.filter(({ name }) => name === choice.name);
  if (choice.type === 'any') return [...asked, ...callable].slice(0, 1);
  return choice.type === 'none' || hasResults ? [] : asked;
}

type NamedTool = Extract<Tool, { readonly name: string }>;

function isNamed(tool: Tool): tool is NamedTool {
  return 'name' in tool && typeof tool.name === 'string' && tool.name !== '';
}

/** The tools of a request; where nothing is validated, what stands there may be anything. */
function toolsIn(tools: unknown): readonly Tool[] {
  return Array.isArray(tools) ? tools.filter((tool): tool is Tool => isJsonObject(tool)) : [];
}

/** Words of tool names that say nothing about what the tool is for. */
const commonWords = new Set(['tool', 'call', 'function', 'query', 'fetch', 'value', 'data']);

function asksFor(text: string, toolName: string): boolean {
  const words = toolName.split(/[_-]+/).filter((word) => word.length > 3 && !commonWords.has(word.toLowerCase()));
  const said = text.toLowerCase();
  return [toolName, ...words].some((word) => said.includes(word.toLowerCase()));
}

/** Tools that Anthropic defines have a schema that is not sent; the smallest sensible calls of them. */
const typedInputs: Readonly<Record<string, JsonObject>> = {
  bash: { command: 'pwd' },
  memory: { command: 'view', path: '/memories' },
  str_replace_editor: { command: 'view', path: '/' },
  str_replace_based_edit_tool: { command: 'view', path: '/' },
};

function inputFor(tool: NamedTool): JsonObject {
  if (!('input_schema' in tool)) return typedInputs[tool.name] ?? {};
  const input = minimalInput(tool.input_schema);
  return isJsonObject(input) ? input : {};
}

/** Throws a 400 for a tool that somebody else would have to run: a mock has no search engine and no sandbox. */
export function refuseServerTools(offered: readonly Tool[] | undefined): void {
  const tools = toolsIn(offered);
  const index = tools.findIndex((tool) => !isCustom(tool) && !isToolset(tool) && !('name' in tool && tool.name in typedInputs));
  const tool = tools[index];
  if (tool === undefined) return;
  throw new ApiError('invalid_request_error', `tools.${index}.type: "${String(tool.type)}" is not supported here.`);
}

/** Computer and browser: sets of tools that the caller runs. The mock offers them to nobody, but a request may. */
function isToolset({ type }: Tool): boolean {
  return type === 'browser_toolset_20260801' || type === 'computer_toolset_20260801';
}

function isCustom(tool: CustomTool | TypedTool): tool is CustomTool {
  return tool.type === undefined || tool.type === null || tool.type === 'custom';
}

function composeText({ output_config: output }: MessagesRequest, { text, toolResults }: Prompt): string {
  if (output?.format) return JSON.stringify(minimalInput(output.format.schema));
  if (toolResults.length > 0) {
    return toolResults.map((result) => `The tool ${result.is_error === true ? 'failed' : 'answered'}: ${resultText(result)}`).join('\n');
  }
  const echo = /^\s*(?:repeat after me|repeat exactly|say exactly|say)\b[:,]?\s+(.+)$/is.exec(text)?.[1]?.trim();
  if (echo !== undefined && echo !== '') return echo.replace(/^(["'])(.*)\1$/s, '$2');
  if (/\b(?:long|story|essay|poem)\b/i.test(text)) return longText;
  if (/\bcount\b/i.test(text)) return countTo(Number(/\bto (\d{1,4})\b/.exec(text)?.[1] ?? 200));
  return (
    `You said: "${excerpt(text)}". This is a mock: it does not think, it answers every request in the same way, ` +
    'with a few sentences that are long enough to be streamed in pieces and short enough to be read. Ask it to repeat or to count something.'
  );
}

const longText = Array.from(
  { length: 24 },
  (_, index) => `Sentence ${index + 1} of this story tells of a mock that spoke for a long time and said nothing new.`,
).join(' ');

function countTo(last: number): string {
  return Array.from({ length: last }, (_, index) => index + 1).join(', ');
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 80).toWellFormed()}...` : line;
}
