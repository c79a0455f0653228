/**
 * How a template wants earlier turns to be written. Templates of one family differ: each way is tried, and kept where the words of the
 * conversation then stand in the prompt.
 */
import type { HistoryShape } from '../families/family.ts';
import type { AssistantTurn, Turn } from './conversation.ts';
import type { ToolDefinition } from './tool-definitions.ts';

/** Renders turns in a shape; an empty text where the template throws. */
export type HistoryProbe = (turns: readonly Turn[], history: HistoryShape, tools: readonly ToolDefinition[], thinking?: boolean) => string;

const question: Turn = { role: 'user', content: 'probe question' };
const answer: Turn = { role: 'assistant', content: 'probe answer' };
const call: AssistantTurn = {
  role: 'assistant',
  content: '',
  tool_calls: [{ id: 'probe0000', type: 'function', function: { name: 'probe_call', arguments: { probe_name: 'probe_value' } } }],
};
const result: Turn = { role: 'tool', name: 'probe_call', tool_call_id: 'probe0000', content: 'probe result' };
export const called: readonly Turn[] = [question, call, result];

const callWords = ['probe_call', 'probe_name', 'probe_value', 'probe result'];
/** JSON within a JSON string. */
const writtenTwice = String.raw`\"probe_name`;

/** The shape of the family, changed where the template asks for it. Undefined where it shows calls and results in none. */
export function templateHistory(probe: HistoryProbe, usual: HistoryShape, tool: ToolDefinition): HistoryShape | undefined {
  const shows = (word: string, turns: readonly Turn[], history: HistoryShape, thinking?: boolean): boolean =>
    probe(turns, history, [tool], thinking).includes(word);
  // Of the templates of one family some write the arguments as they come, and some make JSON of them, which must not be done to JSON.
  const isText = usual.hasArgumentsAsText === true;
  const forms: readonly HistoryShape[] = [usual, { ...usual, hasArgumentsAsText: !isText }];
  const history = forms.find((form) => {
    const text = probe(called, form, [tool]);
    return callWords.every((word) => text.includes(word)) && !text.includes(writtenTwice);
  });
  if (history === undefined) return undefined;

  const thought: readonly Turn[] = [question, { ...call, reasoning_content: 'probe thought' }, result];
  const inPart = { ...history, isThoughtPart: true };
  const inList = probe(thought, inPart, [tool], true);
  // A template that does not know parts writes the list itself.
  const isThoughtPart =
    !shows('probe thought', thought, history, true) && inList.includes('probe thought') && !inList.includes('"thinking"');

  const beside: readonly Turn[] = [question, { ...call, content: 'probe remark' }, result];
  // Mistral's templates leave it out too, but want users and answers to take turns: there it is lost.
  const apart: readonly Turn[] = [question, { role: 'assistant', content: 'probe remark' }, call, result, answer, question];
  const isTextApart = history.isTextThought !== true && !shows('probe remark', beside, history) && shows('probe remark', apart, history);
  return { ...history, ...(isThoughtPart ? { isThoughtPart } : {}), ...(isTextApart ? { isTextApart } : {}) };
}
