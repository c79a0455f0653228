/** Everything that follows from a request before the model runs: the prompt's tokens, where the reply starts, what it may contain. */
import type { Token } from 'node-llama-cpp';
import type { CountTokensRequest, CustomTool, MessagesRequest, Thinking } from '../../spec/index.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import type { CallDelimiters, Delimiters } from '../output/delimiters.ts';
import type { ReplyStart } from '../output/reply-parser.ts';
import type { ChatTemplate } from './chat-template.ts';
import { readConversation } from './conversation.ts';
import type { Segment } from './placeholders.ts';
import { refuseUnheldTools, replyFormat } from './promised-schema.ts';
import { refusal } from './refusal.ts';
import { customTools, toolDefinition } from './tool-definitions.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The parts of a model that make a prompt. */
export interface PromptModel {
  readonly template: ChatTemplate;
  readonly vocabulary: Vocabulary;
  readonly delimiters: Delimiters;
}

export interface ReplyPlan {
  readonly tokens: Token[];
  readonly start: ReplyStart;
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
  const tools = customTools(request.tools);
  const { callable, isForced, isSingleCall } = toolUse(request, tools, model.delimiters.call);
  const thinking = isForced ? false : wantsThinking(request.thinking, model);
  const conversation = readConversation(request);
  if (conversation.endsWithPrefill && thinking === true)
    throw refusal('messages', 'the last message cannot be an assistant message when thinking is enabled');
  const format = replyFormat(request);
  if (callable.length > 0) refuseUnheldTools(tools, areCallsGuarded(model));
  const rendered = [...model.template.render(conversation, { tools: tools.map(toolDefinition), thinking })];
  let opened = endsInThinking(rendered, model.delimiters);
  if (format !== undefined && thinking === true && !opened && model.delimiters.thinking !== undefined) {
    // The grammar holds the reply from its first character on, so the choice to think or not cannot be left to the model.
    rendered.push({ kind: 'markup', text: `${model.delimiters.thinking.open}\n` });
    opened = true;
  }
  const forced =
    isForced && model.delimiters.call !== undefined
      ? forcedCall(model.delimiters.call, callable, opened ? model.delimiters : {})
      : undefined;
  return {
    tokens: model.vocabulary.tokenize([...rendered, ...(forced?.segments ?? [])]),
    start: forced?.start ?? (opened ? 'thinking' : 'text'),
    ...(forced?.name === undefined ? {} : { startedCall: forced.name }),
    callable,
    // After the reply's text there is room for nothing else, and a call takes its place.
    isSingleCall: isSingleCall || format !== undefined,
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

function toolUse(request: CountTokensRequest, tools: readonly CustomTool[], syntax: CallDelimiters | undefined): ToolUse {
  const choice = request.tool_choice ?? ({ type: 'auto' } as const);
  if (choice.type === 'none' || tools.length === 0) return { callable: [], isForced: false, isSingleCall: false };
  if (syntax === undefined) throw refusal('tools', 'this model has no syntax for tool calls that the server knows');
  const named = choice.type === 'tool' ? tools.filter((tool) => tool.name === choice.name) : tools;
  if (named.length === 0) throw refusal('tool_choice.name', 'no tool has this name');
  return {
    callable: named,
    isForced: choice.type !== 'auto',
    isSingleCall: ('disable_parallel_tool_use' in choice && choice.disable_parallel_tool_use) ?? false,
  };
}

/** Whether a grammar sees a call begin: its mark is a token of its own. */
function areCallsGuarded({ delimiters: { call }, vocabulary }: PromptModel): boolean {
  return call !== undefined && vocabulary.specialToken(call.open) !== undefined;
}

/** True and false go to the template; undefined leaves it to the template. A switch cannot weigh, so `adaptive` turns thinking on where the model can. */
function wantsThinking(thinking: Thinking | undefined, model: PromptModel): boolean | undefined {
  switch (thinking?.type) {
    case undefined:
    case 'disabled':
      return false;
    case 'adaptive':
      return model.delimiters.thinking === undefined ? undefined : true;
    case 'enabled':
      if (model.delimiters.thinking === undefined) throw refusal('thinking.type', 'this model cannot think; use "disabled"');
      return true;
    case 'between_tools':
      throw refusal('thinking.type', 'this model does not support "between_tools"');
    default:
      return false;
  }
}

function endsInThinking(rendered: readonly Segment[], { thinking }: Delimiters): boolean {
  const last = rendered.at(-1);
  return thinking !== undefined && last?.kind === 'markup' && last.text.trimEnd().endsWith(thinking.open);
}

/** The opening of a call that the model must make. With one tool to choose from its name is written too. */
function forcedCall(
  syntax: CallDelimiters,
  callable: readonly CustomTool[],
  opened: Delimiters,
): { readonly segments: Segment[]; readonly start: ReplyStart; readonly name?: string } {
  const segments: Segment[] = [{ kind: 'markup', text: `${opened.thinking?.closing ?? ''}${syntax.prefix}` }];
  const [only, ...others] = callable;
  if (only === undefined || others.length > 0) return { segments, start: 'call-name' };
  segments.push({ kind: 'content', text: only.name }, { kind: 'markup', text: syntax.afterName });
  return { segments, start: 'call-arguments', name: only.name };
}
