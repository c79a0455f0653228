/** Everything that follows from a request before the model runs: the prompt's tokens, where the reply starts, what it may contain. */
import type { Token } from 'node-llama-cpp';
import type { CountTokensRequest, CustomTool, MessagesRequest, Thinking } from '../../spec/index.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { behindName, type CallSyntax, type Family, type ThinkingSyntax } from '../families/family.ts';
import type { ReplyStart } from '../output/reply-part.ts';
import type { ChatTemplate } from './chat-template.ts';
import { readConversation } from './conversation.ts';
import type { Segment } from './placeholders.ts';
import { refuseUnheldTools, replyFormat } from './promised-schema.ts';
import { refusal } from './refusal.ts';
import { renderPrompt } from './render-prompt.ts';
import type { TemplateTraits } from './template-traits.ts';
import { customTools, toolDefinition } from './tool-definitions.ts';
import { markup } from './turn-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The parts of a model that make a prompt. */
export interface PromptModel {
  readonly template: ChatTemplate;
  readonly vocabulary: Vocabulary;
  readonly family: Family;
  /** What its template does, found out once. */
  readonly traits: TemplateTraits;
}

export interface ReplyPlan {
  readonly tokens: Token[];
  readonly start: ReplyStart;
  /** Whether the reply goes on with a text that the client has begun. */
  readonly isContinued: boolean;
  /** Name of the tool whose call the prompt ends in, where `start` is `call-arguments`. */
  readonly startedCall?: string;
  /** The tools that the reply may call; none where it must not. */
  readonly callable: readonly CustomTool[];
  /** Whether a call ends the reply. */
  readonly isSingleCall: boolean;
  /** The schema that the text of the reply must follow; its thinking need not. */
  readonly format?: Schema;
  readonly mayThink: boolean;
  /** Most tokens of thinking. */
  readonly thinkingBudget: number;
}

/** Reads a request. @throws ApiError 400 for what this model cannot do. */
export function planReply(model: PromptModel, request: CountTokensRequest | MessagesRequest): ReplyPlan {
  const { family } = model;
  const tools = customTools(request.tools);
  const use = toolUse(request, tools, family.calls);
  const { callable, isForced } = use;
  const thinking = isForced ? false : wantsThinking(request.thinking, family.thinking);
  const conversation = readConversation(request);
  if (conversation.endsWithPrefill && thinking === true)
    throw refusal('messages', 'the last message cannot be an assistant message when thinking is enabled');
  const format = replyFormat(request);
  // After the reply's text there is room for nothing else, and a call takes its place.
  const isSingleCall = use.isSingleCall || format !== undefined;
  // From the first character on a grammar holds a reply with a format, which may be a call, and one call that has to be made.
  const isHeld = areCallsHeld(model) || format !== undefined || (isForced && isSingleCall);
  if (callable.length > 0) refuseUnheldTools(tools, isHeld, family.calls);
  const prompt = renderPrompt(model, conversation, { tools: tools.map(toolDefinition), mayCall: callable.length > 0, thinking });
  const rendered = conversation.endsWithPrefill ? withoutOpenThinking(prompt, family.thinking) : prompt;
  const opening = isForced
    ? forcedCall(family, callable, endsInThinking(rendered, family.thinking))
    : openReply(family, rendered, { thinking, hasFormat: format !== undefined, isPrefilled: conversation.endsWithPrefill });
  const isHeadOpen =
    thinking === true || conversation.endsWithPrefill || family.messages !== undefined || endsInThinking(rendered, family.thinking);
  const head = isHeadOpen ? '' : model.traits.answerOpening;
  return {
    tokens: model.vocabulary.tokenizePrompt([...rendered, ...(head === '' ? [] : [markup(head)]), ...opening.segments]),
    start: opening.start,
    isContinued: conversation.endsWithPrefill && !isForced,
    ...(opening.name === undefined ? {} : { startedCall: opening.name }),
    callable,
    isSingleCall,
    ...(format === undefined ? {} : { format }),
    mayThink: thinking !== false,
    thinkingBudget: request.thinking?.type === 'enabled' ? request.thinking.budget_tokens : Number.POSITIVE_INFINITY,
  };
}

interface ToolUse {
  readonly callable: readonly CustomTool[];
  readonly isForced: boolean;
  readonly isSingleCall: boolean;
}

function toolUse(request: CountTokensRequest, tools: readonly CustomTool[], syntax: CallSyntax): ToolUse {
  const choice = request.tool_choice ?? ({ type: 'auto' } as const);
  if (choice.type === 'none' || tools.length === 0) return { callable: [], isForced: false, isSingleCall: false };
  const named = choice.type === 'tool' ? tools.filter((tool) => tool.name === choice.name) : tools;
  if (named.length === 0) throw refusal('tool_choice.name', 'no tool has this name');
  const isSingleWanted = ('disable_parallel_tool_use' in choice && choice.disable_parallel_tool_use) ?? false;
  return { callable: named, isForced: choice.type !== 'auto', isSingleCall: isSingleWanted || !syntax.areSeveral };
}

/** Whether a grammar sees a call begin that has a mark: the mark is a token of its own. */
export function isCallHeld({ family, vocabulary }: Pick<PromptModel, 'family' | 'vocabulary'>): boolean {
  const mark = family.messages?.headEnd ?? family.calls.open;
  return mark !== undefined && vocabulary.specialToken(mark) !== undefined;
}

/** Whether a grammar sees every call begin: there are none without a mark. */
function areCallsHeld(model: PromptModel): boolean {
  const { loose } = model.family.calls;
  return isCallHeld(model) && !(loose.form === 'object' && loose.bare !== undefined);
}

/** True and false go to the template; undefined leaves it to the template. A switch cannot weigh, so `adaptive` turns thinking on where the model can. */
function wantsThinking(thinking: Thinking | undefined, syntax: ThinkingSyntax | undefined): boolean | undefined {
  switch (thinking?.type) {
    case undefined:
    case 'disabled':
      return false;
    case 'adaptive':
      return syntax === undefined ? undefined : true;
    case 'enabled':
      if (syntax === undefined) throw refusal('thinking.type', 'this model cannot think; use "disabled"');
      return true;
    case 'between_tools':
      throw refusal('thinking.type', 'this model does not support "between_tools"');
    default:
      return false;
  }
}

function endsInThinking(rendered: readonly Segment[], thinking: ThinkingSyntax | undefined): boolean {
  const last = rendered.at(-1);
  return thinking !== undefined && last?.kind === 'markup' && last.text.trimEnd().endsWith(thinking.open);
}

/** A few templates open thinking in front of what the client has begun (Nemotron Nano 2), which is the answer. */
function withoutOpenThinking(prompt: readonly Segment[], thinking: ThinkingSyntax | undefined): readonly Segment[] {
  const before = prompt.slice(0, -1);
  return thinking !== undefined && endsInThinking(before, thinking) ? [...before, markup(thinking.closing), ...prompt.slice(-1)] : prompt;
}

/** What the server writes behind the rendered prompt, and where the reply begins because of it. */
interface Opening {
  readonly segments: readonly Segment[];
  readonly start: ReplyStart;
  /** The tool whose call has been opened. */
  readonly name?: string;
}

interface OpeningWishes {
  readonly thinking: boolean | undefined;
  readonly hasFormat: boolean;
  readonly isPrefilled: boolean;
}

function openReply(
  { thinking: syntax, messages }: Family,
  rendered: readonly Segment[],
  { thinking, hasFormat, isPrefilled }: OpeningWishes,
): Opening {
  const answering = messages === undefined || isPrefilled ? 'text' : 'head';
  if (syntax === undefined) return { segments: [], start: answering };
  if (endsInThinking(rendered, syntax)) {
    // Some templates open thinking whatever they are told.
    return thinking === false ? { segments: [markup(syntax.closing)], start: answering } : { segments: [], start: 'thinking' };
  }
  // A grammar holds a reply with a format from its first character on, so the choice to think cannot be left to the model.
  if (thinking === true && hasFormat) return { segments: [markup(syntax.opening)], start: 'thinking' };
  const isSkipped = thinking === false && !isPrefilled && syntax.skipped !== undefined;
  return { segments: isSkipped ? [markup(syntax.skipped ?? '')] : [], start: answering };
}

/** The opening of a call that the model must make. With one tool to choose from its name is written too. */
function forcedCall({ calls, thinking }: Family, callable: readonly CustomTool[], isThinking: boolean): Opening {
  const prefix = markup(`${isThinking ? (thinking?.closing ?? '') : ''}${calls.prefix}`);
  const [only, ...others] = callable;
  if (only === undefined || others.length > 0) return { segments: [prefix], start: 'call-name' };
  return { segments: [prefix, { kind: 'content', text: only.name }, markup(behindName(calls))], start: 'call-arguments', name: only.name };
}
