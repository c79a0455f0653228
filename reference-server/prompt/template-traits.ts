/** What a chat template does with a system text, with tools and with calls, found out by rendering. Few templates refuse; most leave out in silence. */
import type { Family } from '../families/family.ts';
import type { ChatTemplate } from './chat-template.ts';
import type { Turn } from './conversation.ts';
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
}

const question: Turn = { role: 'user', content: 'probe question' };
const tool: ToolDefinition = { type: 'function', function: { name: 'probe_tool', description: 'probe', parameters: { type: 'object' } } };
const called: readonly Turn[] = [
  question,
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'probe0000', type: 'function', function: { name: 'probe_call', arguments: { probe_name: 'probe_value' } } }],
  },
  { role: 'tool', name: 'probe_call', tool_call_id: 'probe0000', content: 'probe result' },
];

/** Asks the template. What it throws at counts as not done. */
export function templateTraits(template: ChatTemplate, { history }: Pick<Family, 'history'>): TemplateTraits {
  const shows = (turns: readonly Turn[], tools: readonly ToolDefinition[], words: readonly string[]): boolean => {
    try {
      const segments = template.render({ turns, endsWithPrefill: false }, { tools, thinking: undefined, history });
      const text = segments.map((segment) => segment.text).join('');
      return words.every((word) => text.includes(word));
    } catch {
      return false;
    }
  };
  return {
    takesSystem: shows([{ role: 'system', content: 'probe system' }, question], [], ['probe system', 'probe question']),
    takesAnswerFirst: shows([{ role: 'assistant', content: 'probe answer' }, question], [], ['probe answer', 'probe question']),
    showsTools: shows([question], [tool], ['probe_tool']),
    showsCalls: shows(called, [tool], ['probe_call', 'probe_name', 'probe_value', 'probe result']),
  };
}
