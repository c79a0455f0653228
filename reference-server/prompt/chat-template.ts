/** Renders the model's own Jinja chat template, with user text hidden behind placeholders. */
import { Template } from '@huggingface/jinja';
import { ApiError } from '../../endpoint/errors.ts';
import type { AssistantTurn, Conversation, Turn } from './conversation.ts';
import { Placeholders, type Segment } from './placeholders.ts';
import type { ToolDefinition } from './tool-definitions.ts';

/** What a template needs beyond the conversation. */
export interface RenderOptions {
  readonly tools: readonly ToolDefinition[];
  /** True and false set the template's `enable_thinking`; undefined leaves it unset, which is the template's own default. */
  readonly thinking: boolean | undefined;
}

/** A compiled template with the strings it may refer to. */
export interface ChatTemplate {
  readonly source: string;
  /** @throws ApiError 400 where the template itself refuses the conversation. */
  render(conversation: Conversation, options: RenderOptions): Segment[];
}

/** Compiles a template. @throws Error if its syntax is not supported. */
export function compileChatTemplate(source: string, tokens: { readonly bos: string; readonly eos: string }): ChatTemplate {
  const template = new Template(source);
  return {
    source,
    render: (conversation, options) => {
      const placeholders = new Placeholders();
      const messages = conversation.turns.map((turn) => hideTurn(turn, placeholders));
      const prefill = conversation.endsWithPrefill ? markEnd(messages, placeholders) : undefined;
      const rendered = run(template, {
        messages,
        tools: options.tools.length === 0 ? undefined : options.tools.map((tool) => placeholders.hideWithin(tool)),
        add_generation_prompt: prefill === undefined,
        ...(options.thinking === undefined ? {} : { enable_thinking: options.thinking }),
        bos_token: tokens.bos,
        eos_token: tokens.eos,
      });
      return placeholders.split(prefill === undefined ? rendered : upTo(rendered, prefill));
    },
  };
}

function run(template: Template, variables: Record<string, unknown>): string {
  try {
    return template.render(variables);
  } catch (error) {
    // 400, not 500: clients retry a 500 for minutes, and the same conversation will be refused again.
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError('invalid_request_error', `messages: the model's chat template refuses this conversation: ${reason}`, {
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

function hideTurn(turn: Turn, placeholders: Placeholders): Record<string, unknown> {
  switch (turn.role) {
    case 'assistant':
      return { ...hideAnswer(turn, placeholders) };
    case 'tool':
      return {
        ...turn,
        content: placeholders.hide(turn.content),
        name: placeholders.hideWithin(turn.name),
        tool_call_id: placeholders.hideWithin(turn.tool_call_id),
      };
    case 'system':
    case 'user':
      return { ...turn, content: placeholders.hide(turn.content) };
    default:
      return turn satisfies never;
  }
}

function hideAnswer(turn: AssistantTurn, placeholders: Placeholders): Record<string, unknown> {
  return {
    role: 'assistant',
    content: placeholders.hide(turn.content),
    ...(turn.reasoning_content === undefined ? {} : { reasoning_content: placeholders.hide(turn.reasoning_content) }),
    ...(turn.tool_calls === undefined ? {} : { tool_calls: turn.tool_calls.map((call) => placeholders.hideWithin(call)) }),
  };
}

/** Ends the last answer with one more placeholder: what the template writes after it closes the turn and is cut off. */
function markEnd(messages: Record<string, unknown>[], placeholders: Placeholders): string | undefined {
  const last = messages.at(-1);
  if (last === undefined || typeof last.content !== 'string') return undefined;
  const mark = placeholders.hide('end of the prefill');
  last.content += mark;
  return mark;
}
