/**
 * From the messages of a request to the turns that chat templates know: system first and once, user and assistant merged where
 * they repeat, tool calls on the assistant turn, each tool result a turn of its own.
 */
import type { AssistantMessageParam, CountTokensRequest, MessageParam, ToolResultBlockParam, UserMessageParam } from '../../spec/index.ts';
import { isEdited } from '../output/signature.ts';
import { blockText, contentText } from './content-text.ts';
import { refusal } from './refusal.ts';
import { isEmptyText, joinTexts, type TurnText } from './turn-text.ts';

/** A turn as chat templates read it (the shape of Hugging Face's `apply_chat_template`). */
export type Turn = SystemTurn | UserTurn | AssistantTurn | ToolTurn;
interface SystemTurn {
  readonly role: 'system';
  readonly content: TurnText;
}
interface UserTurn {
  readonly role: 'user';
  readonly content: TurnText;
}
export interface AssistantTurn {
  readonly role: 'assistant';
  readonly content: TurnText;
  readonly reasoning_content?: TurnText;
  readonly tool_calls?: readonly ToolCall[];
}
export interface ToolTurn {
  readonly role: 'tool';
  readonly content: TurnText;
  readonly name: string;
  readonly tool_call_id: string;
}
export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> };
}

/** The conversation of a request, and whether its last turn is a beginning that the model has to continue. */
export interface Conversation {
  readonly turns: readonly Turn[];
  readonly endsWithPrefill: boolean;
}

/**
 * Turns of a request. Thinking of the running tool loop is kept, thinking of answers before the last question is dropped, as the API
 * does; redacted thinking is dropped everywhere. `role: "system"` inside the messages becomes text of a user turn at its place:
 * most templates refuse a system turn that is not the first.
 *
 * @throws ApiError 400 for content that a text model cannot read, and for thinking of the last answer that was edited.
 */
export function readConversation(request: Pick<CountTokensRequest, 'system' | 'messages'>): Conversation {
  const system = [request.system === undefined ? '' : contentText(request.system, 'system')];
  const lead = request.messages.findIndex((message) => message.role !== 'system');
  const leading = lead === -1 ? request.messages.length : lead;
  const turns: Turn[] = [];
  const names = new Map<string, string>();
  const currentLoop = startOfToolLoop(request.messages);
  refuseEditedThinking(request.messages);
  for (const [index, message] of request.messages.entries()) {
    const where = `messages.${index}.content`;
    if (message.role === 'assistant') turns.push(assistantTurn(message, where, index >= currentLoop, names));
    else if (message.role === 'user') turns.push(...userTurns(message, where, names));
    else if (index < leading) system.push(contentText(message.content, where));
    else turns.push({ role: 'user', content: contentText(message.content, where) });
  }
  const instructions = system.filter((text) => text !== '').join('\n\n');
  const merged = merge(turns);
  return {
    turns: instructions === '' ? merged : [{ role: 'system', content: instructions }, ...merged],
    endsWithPrefill: request.messages.at(-1)?.role === 'assistant',
  };
}

/** The last answer must be sent back with its thinking as it was. */
export function refuseEditedThinking(messages: readonly MessageParam[]): void {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  const content = messages[last]?.content ?? [];
  const edited = typeof content === 'string' ? -1 : content.findIndex((block) => block.type === 'thinking' && isEdited(block));
  if (edited >= 0) throw refusal(`messages.${last}.content.${edited}`, 'thinking blocks cannot be modified');
}

/** Index after the last message in which the user says something that is not a tool result. */
export function startOfToolLoop(messages: readonly MessageParam[]): number {
  return messages.findLastIndex((message) => message.role === 'user' && !isToolResults(message)) + 1;
}

function isToolResults(message: UserMessageParam): boolean {
  return typeof message.content !== 'string' && message.content.some((block) => block.type === 'tool_result');
}

function userTurns(message: UserMessageParam, where: string, names: ReadonlyMap<string, string>): Turn[] {
  if (typeof message.content === 'string') return [{ role: 'user', content: message.content }];
  return message.content.map((block, index) =>
    block.type === 'tool_result'
      ? toolTurn(block, `${where}.${index}`, names)
      : { role: 'user', content: blockText(block, `${where}.${index}`) },
  );
}

function toolTurn(block: ToolResultBlockParam, where: string, names: ReadonlyMap<string, string>): ToolTurn {
  const text = contentText(block.content ?? '', `${where}.content`);
  // Templates have no field for a failed call, so the text says it, unless it already does.
  const content = block.is_error === true && !/^error\b/i.test(text) ? `Error: ${text}` : text;
  return { role: 'tool', content, name: names.get(block.tool_use_id) ?? '', tool_call_id: block.tool_use_id };
}

function assistantTurn(message: AssistantMessageParam, where: string, keepThinking: boolean, names: Map<string, string>): AssistantTurn {
  if (typeof message.content === 'string') return { role: 'assistant', content: message.content };
  let text = '';
  let thinking = '';
  const calls: ToolCall[] = [];
  for (const [index, block] of message.content.entries()) {
    if (block.type === 'text') {
      // Text blocks of one answer were one text before a citation or a call split them.
      text += block.text;
    } else if (block.type === 'thinking') {
      if (keepThinking) thinking += block.thinking;
    } else if (block.type === 'tool_use') {
      names.set(block.id, block.name);
      calls.push({ id: block.id, type: 'function', function: { name: block.name, arguments: block.input } });
    } else if (block.type !== 'redacted_thinking') {
      throw refusal(`${where}.${index}`, `this model does not take blocks of type ${block.type} here`);
    }
  }
  return {
    role: 'assistant',
    content: text,
    ...(thinking === '' ? {} : { reasoning_content: thinking }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

/** Consecutive turns of one speaker become one: templates for strictly alternating roles would throw. */
export function merge(turns: readonly Turn[]): Turn[] {
  const merged: Turn[] = [];
  for (const turn of turns) {
    const last = merged.at(-1);
    if (turn.role === 'user' && last?.role === 'user')
      merged[merged.length - 1] = { role: 'user', content: joinTexts(last.content, turn.content, '\n') };
    else if (turn.role === 'assistant' && last?.role === 'assistant') merged[merged.length - 1] = mergeAnswers(last, turn);
    else merged.push(turn);
  }
  return merged;
}

function mergeAnswers(first: AssistantTurn, second: AssistantTurn): AssistantTurn {
  const reasoning = joinTexts(first.reasoning_content ?? '', second.reasoning_content ?? '', '\n');
  const calls = [...(first.tool_calls ?? []), ...(second.tool_calls ?? [])];
  return {
    role: 'assistant',
    content: joinTexts(first.content, second.content, '\n'),
    ...(isEmptyText(reasoning) ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}
