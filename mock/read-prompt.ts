/** What the mock understands of a conversation: the last thing said, and the results of tools. */
import type { ContentBlockParam, MessageParam, ToolResultBlockParam } from '../spec/index.ts';

export interface Prompt {
  /** Text of the last user turn. */
  readonly text: string;
  /** Tool results in the last user turn; empty where it has none. */
  readonly toolResults: readonly ToolResultBlockParam[];
  /** Whether the conversation ends with a begun assistant turn, which the answer continues. */
  readonly isPrefilled: boolean;
}

export function readPrompt(messages: readonly MessageParam[]): Prompt {
  const blocks = lastUserTurn(messages).flatMap(({ content }) =>
    typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content,
  );
  return {
    text: blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'),
    toolResults: blocks.filter((block) => block.type === 'tool_result'),
    isPrefilled: messages.at(-1)?.role === 'assistant',
  };
}

/** The text that a tool gave back. */
export function resultText({ content = '' }: ToolResultBlockParam): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? block.text : `[${block.type}]`)).join(' ');
}

/** Consecutive user messages are one turn; system messages in between do not end it. */
function lastUserTurn(messages: readonly MessageParam[]): readonly { readonly content: string | readonly ContentBlockParam[] }[] {
  const end = messages.findLastIndex(({ role }) => role === 'user');
  const start = messages.findLastIndex(({ role }, index) => index < end && role === 'assistant');
  return messages.slice(start + 1, end + 1).filter((message) => message.role === 'user');
}
