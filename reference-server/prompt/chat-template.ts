/** Renders the model's own Jinja chat template, with user text hidden behind placeholders. */
import { ApiError } from '../../endpoint/errors.ts';
import { messageOf } from '../../spec/as-text.ts';
import type { HistoryShape } from '../families/family.ts';
import { spacedJson } from '../grammar/literal.ts';
import { BoundedTemplate, TemplateLimitError } from './bounded-template.ts';
import type { AssistantTurn, Conversation, ToolCall, Turn } from './conversation.ts';
import { Placeholders, type Segment } from './placeholders.ts';
import { findDialect, type TemplateDialect } from './template-dialect.ts';
import type { ToolDefinition } from './tool-definitions.ts';
import type { TurnText } from './turn-text.ts';

/** What a template needs beyond the conversation. */
export interface RenderOptions {
  readonly tools: readonly ToolDefinition[];
  /** True and false set the template's `enable_thinking` (`thinking` in DeepSeek's); undefined leaves it to the template. */
  readonly thinking: boolean | undefined;
  /** How the template wants turns to be written. Default: the usual way. */
  readonly history?: HistoryShape;
}

/** A compiled template with the strings it may refer to. */
export interface ChatTemplate {
  readonly source: string;
  /** @throws ApiError 400 where the template itself refuses the conversation. */
  render(conversation: Conversation, options: RenderOptions): Segment[];
}

/** Compiles a template and tries it. @throws Error if its syntax is not supported, or if it cannot even render a question. */
export function compileChatTemplate(source: string, tokens: { readonly bos: string; readonly eos: string }): ChatTemplate {
  const template = new BoundedTemplate(source);
  const renderIn = (dialect: TemplateDialect, conversation: Conversation, options: RenderOptions): Segment[] => {
    const placeholders = new Placeholders();
    const messages = conversation.turns.map((turn) => hideTurn(turn, placeholders, options.history ?? {}));
    const prefill = conversation.endsWithPrefill ? markEnd(messages, placeholders) : undefined;
    const rendered = run(template, {
      ...dialect.variables,
      messages: dialect.hasParts === true ? messages.map(inParts) : messages,
      tools: options.tools.length === 0 ? dialect.noTools : options.tools.map((tool) => placeholders.hideWithin(tool)),
      add_generation_prompt: prefill === undefined,
      ...(options.thinking === undefined ? {} : { enable_thinking: options.thinking, thinking: options.thinking }),
      bos_token: tokens.bos,
      eos_token: tokens.eos,
    });
    return placeholders.split(prefill === undefined ? rendered : upTo(rendered, prefill));
  };
  const dialect = usableDialect(renderIn);
  return { source, render: (conversation, options) => renderIn(dialect, conversation, options) };
}

const question = 'a question';

function usableDialect(
  renderIn: (dialect: TemplateDialect, conversation: Conversation, options: RenderOptions) => readonly Segment[],
): TemplateDialect {
  const asked: Conversation = { turns: [{ role: 'user', content: question }], endsWithPrefill: false };
  try {
    return findDialect((dialect) => plainText(renderIn(dialect, asked, { tools: [], thinking: undefined })), question);
  } catch (error) {
    // What the template itself said, without what is told to clients.
    const reason = error instanceof ApiError && error.cause instanceof Error ? error.cause : error;
    throw new Error(`it fails on a plain question: ${messageOf(reason)}`, { cause: error });
  }
}

function plainText(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('');
}

function inParts(message: Record<string, unknown>): Record<string, unknown> {
  return typeof message.content === 'string' ? { ...message, content: [{ type: 'text', text: message.content }] } : message;
}

function run(template: BoundedTemplate, variables: Record<string, unknown>): string {
  try {
    return template.render(variables);
  } catch (error) {
    // 400, not 500: clients retry a 500 for minutes, and the same conversation will be refused again.
    const reason = messageOf(error);
    const what = error instanceof TemplateLimitError ? 'does not come to an end with' : 'refuses';
    throw new ApiError('invalid_request_error', `messages: the model's chat template ${what} this conversation: ${reason}`, {
      cause: error,
    });
  }
}

function upTo(rendered: string, mark: string): string {
  const end = rendered.lastIndexOf(mark);
  if (end === -1)
    throw new ApiError('invalid_request_error', 'messages: this model cannot continue an assistant message; end with a user message');
  return rendered.slice(0, end);
}

function hideTurn(turn: Turn, placeholders: Placeholders, history: HistoryShape): Record<string, unknown> {
  switch (turn.role) {
    case 'assistant':
      return hideAnswer(turn, placeholders, history);
    case 'tool':
      return {
        ...turn,
        content: hideText(turn.content, placeholders),
        name: placeholders.hideWithin(turn.name),
        tool_call_id: placeholders.hideWithin(turn.tool_call_id),
      };
    case 'system':
    case 'user':
      return { ...turn, content: hideText(turn.content, placeholders) };
    default:
      return turn satisfies never;
  }
}

function hideAnswer(turn: AssistantTurn, placeholders: Placeholders, history: HistoryShape): Record<string, unknown> {
  const content = hideText(turn.content, placeholders);
  const thoughts = turn.reasoning_content === undefined ? undefined : hideText(turn.reasoning_content, placeholders);
  const isPart = history.isThoughtPart === true && thoughts !== undefined;
  const parts = [{ type: 'thinking', thinking: thoughts }, ...(content === '' ? [] : [{ type: 'text', text: content }])];
  return {
    role: 'assistant',
    content: isPart ? parts : content === '' && history.isEmptyNull === true ? null : content,
    ...(thoughts === undefined || isPart ? {} : { [history.isTextThought === true ? 'thinking' : 'reasoning_content']: thoughts }),
    ...(turn.tool_calls === undefined ? {} : { tool_calls: turn.tool_calls.map((call) => hideCall(call, placeholders, history)) }),
  };
}

function hideCall(call: ToolCall, placeholders: Placeholders, history: HistoryShape): unknown {
  if (history.hasArgumentsAsText !== true) return placeholders.hideWithin(call);
  const { name, arguments: input } = call.function;
  const text = spacedJson(placeholders.hideWithin(input));
  return { ...call, id: placeholders.hideWithin(call.id), function: { name: placeholders.hideWithin(name), arguments: text } };
}

/** What the server wrote itself goes through the template as it is. */
function hideText(text: TurnText, placeholders: Placeholders): string {
  if (typeof text === 'string') return placeholders.hide(text);
  return text.map((segment) => (segment.kind === 'markup' ? segment.text : placeholders.hide(segment.text))).join('');
}

/** Ends the last answer with one more placeholder: what the template writes after it closes the turn and is cut off. */
function markEnd(messages: Record<string, unknown>[], placeholders: Placeholders): string | undefined {
  const last = messages.at(-1);
  if (last === undefined || typeof last.content !== 'string') return undefined;
  const mark = placeholders.hide('end of the prefill');
  last.content += mark;
  return mark;
}
