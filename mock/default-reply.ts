/** The answer by simple rules, as a script would give it. */
import { ApiError } from '../endpoint/index.ts';
import type { MessageParam, MessagesRequest } from '../spec/index.ts';
import { composeAnswer, refuseServerTools } from './compose-answer.ts';
import { stream } from './script/begin.ts';
import type { ScriptedMessage } from './script/scripted-message.ts';
import { isEdited } from './signature.ts';

/** Throws a 400 for tools that nobody is there to run, and for thinking of the last answer that was edited. */
export function defaultReply(request: MessagesRequest): ScriptedMessage {
  refuseServerTools(request.tools);
  refuseEditedThinking(request.messages);
  const { thinking, text, calls } = composeAnswer(request);
  let message = stream();
  if (thinking !== undefined) message = message.think(thinking);
  if (text !== '') message = message.text(text);
  for (const { name, input } of calls) message = message.useTool(name, input);
  return message;
}

function refuseEditedThinking(messages: readonly MessageParam[]): void {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  const content = messages[last]?.content ?? [];
  const edited = typeof content === 'string' ? -1 : content.findIndex((block) => block.type === 'thinking' && isEdited(block));
  if (edited >= 0) throw new ApiError('invalid_request_error', `messages.${last}.content.${edited}: thinking blocks cannot be modified.`);
}
