/** What a chat template does with a system text, with tools and with calls, found out by rendering. Few templates refuse; most leave out in silence. */
import type { Family, HistoryShape } from '../families/family.ts';
import type { ChatTemplate, RenderOptions } from './chat-template.ts';
import type { Turn } from './conversation.ts';
import { called, templateHistory } from './template-history.ts';
import type { ToolDefinition } from './tool-definitions.ts';

export interface TemplateTraits {
  /** Whether a system turn is shown where it stands: first. */
  readonly takesSystem: boolean;
  /** Whether a conversation may begin with an answer. */
  readonly takesAnswerFirst: boolean;
  /** Whether the model is told of its tools. */
  readonly showsTools: boolean;
  /** Whether earlier calls and their results are shown. */
  readonly showsCalls: boolean;
  /** How it wants turns to be written: as its family's templates do, but for what it was seen to do in another way. */
  readonly history: HistoryShape;
  /** What it writes between its generation prompt and an answer without thinking: the head of a message, `all` for example. */
  readonly answerOpening: string;
}

const system: Turn = { role: 'system', content: 'probe system' };
const question: Turn = { role: 'user', content: 'probe question' };
const answer: Turn = { role: 'assistant', content: 'probe answer' };
const parameters = { type: 'object', properties: { probe: { type: 'string', description: 'probe' } }, required: ['probe'] };
const tool: ToolDefinition = { type: 'function', function: { name: 'probe_tool', description: 'probe', parameters } };

/** Asks the template. What it throws at counts as not done. */
export function templateTraits(template: ChatTemplate, family: Pick<Family, 'history'>): TemplateTraits {
  const textOf = (turns: readonly Turn[], options: Partial<RenderOptions> = {}, endsWithPrefill = false): string => {
    try {
      const segments = template.render({ turns, endsWithPrefill }, { tools: [], thinking: undefined, ...options });
      return segments.map(({ text }) => text).join('');
    } catch {
      return '';
    }
  };
  const shows = (turns: readonly Turn[], tools: readonly ToolDefinition[], words: readonly string[]): boolean => {
    const text = textOf(turns, { tools, history });
    return words.every((word) => text.includes(word));
  };
  const shape = templateHistory((turns, form, tools, thinking) => textOf(turns, { tools, history: form, thinking }), family.history, tool);
  const history = shape ?? family.history;
  const isSystemKept = shape === undefined || shows([system, ...called], [tool], ['probe system']);
  return {
    // Some templates put the system text into the last turn of the conversation, and nowhere where that is not the user's (Mistral Nemo).
    takesSystem: isSystemKept && shows([system, question], [], ['probe system', 'probe question']),
    takesAnswerFirst: shows([answer, question], [], ['probe answer', 'probe question']),
    showsTools: shows([question], [tool], ['probe_tool']),
    showsCalls: shape !== undefined,
    history,
    answerOpening: answerOpening(textOf([question], { thinking: false }), textOf([question, answer], { thinking: false }, true)),
  };
}

/** White space alone is left to the model. */
function answerOpening(asked: string, answered: string): string {
  const opening = answered.startsWith(asked) ? answered.slice(asked.length, answered.lastIndexOf('probe answer')) : '';
  return opening.trim() === '' ? '' : opening;
}
