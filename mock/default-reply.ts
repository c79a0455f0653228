/** The answer by simple rules, as a script would give it. */
import type { MessagesRequest } from '../spec/index.ts';
import { composeAnswer, refuseServerTools } from './compose-answer.ts';
import { stream } from './script/begin.ts';
import type { ScriptedMessage } from './script/scripted-message.ts';

/** Throws a 400 for tools that nobody is there to run. */
export function defaultReply(request: MessagesRequest): ScriptedMessage {
  refuseServerTools(request.tools);
  const { thinking, text, calls } = composeAnswer(request);
  let message = stream();
  if (thinking !== undefined) message = message.think(thinking);
  if (text !== '') message = message.text(text);
  for (const { name, input } of calls) message = message.useTool(name, input);
  return message;
}
