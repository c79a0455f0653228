/** The prompt of a conversation, in the best form that the template takes: what it fails on is shown in a plainer way before a client is refused. */
import { ApiError } from '../../endpoint/errors.ts';
import type { Family } from '../families/family.ts';
import { TemplateLimitError } from './bounded-template.ts';
import type { ChatTemplate } from './chat-template.ts';
import { completeTool } from './complete-tool.ts';
import type { Conversation } from './conversation.ts';
import { shapeHistory } from './history.ts';
import type { Segment } from './placeholders.ts';
import type { TemplateTraits } from './template-traits.ts';
import type { ToolDefinition } from './tool-definitions.ts';

export interface PromptOptions {
  readonly tools: readonly ToolDefinition[];
  readonly mayCall: boolean;
  readonly thinking: boolean | undefined;
}

interface PromptSource {
  readonly template: ChatTemplate;
  readonly family: Family;
  readonly traits: TemplateTraits;
}

/** @throws ApiError 400 where the template refuses the conversation in every form: the reason is that of the first. */
export function renderPrompt({ template, family, traits }: PromptSource, conversation: Conversation, options: PromptOptions): Segment[] {
  const { tools, mayCall, thinking } = options;
  const forms: readonly (readonly [tools: readonly ToolDefinition[], traits: TemplateTraits])[] = [
    [tools, traits],
    [tools.map(completeTool), traits],
    [tools, { ...traits, showsTools: false }],
    [tools, { ...traits, showsTools: false, showsCalls: false }],
  ];
  let refused: ApiError | undefined;
  for (const [shown, seen] of forms) {
    try {
      const shaped = shapeHistory(conversation, shown, family, seen, mayCall);
      return template.render(shaped.conversation, { tools: shaped.tools, thinking, history: traits.history });
    } catch (error) {
      // What ran out of its time once is not run again.
      if (!(error instanceof ApiError) || error.cause instanceof TemplateLimitError) throw error;
      refused ??= error;
    }
  }
  throw refused ?? new Error('There is no form to render the prompt in.');
}
