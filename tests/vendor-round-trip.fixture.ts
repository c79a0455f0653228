/** What a model wrote, as its vendor's template shows it in the history: the text that our parser must read in the same way. */
import type { PlannedModel } from '../reference-server/families/planned.fixture.ts';
import type { ReplyStart } from '../reference-server/output/reply-part.ts';
import { readConversation } from '../reference-server/prompt/conversation.ts';
import { renderPrompt } from '../reference-server/prompt/render-prompt.ts';
import { toolDefinition } from '../reference-server/prompt/tool-definitions.ts';
import type { AssistantMessageParam, ContentBlockParam, MessageParam } from '../spec/index.ts';

export type AnswerBlocks = Exclude<AssistantMessageParam['content'], string>;

const city = { type: 'string', description: 'The city.' } as const;
const weather = { name: 'get_weather', description: 'Tells the weather.', input_schema: { type: 'object', properties: { city } } } as const;
const asked: MessageParam = { role: 'user', content: 'Weather in towns?' };

/** The answer from where the prompt ends to the token that ends it: one of the family's, or of `ends`. */
export function writtenBy(
  model: PlannedModel,
  answer: AnswerBlocks,
  options: { readonly thinking: boolean; readonly ends: readonly string[] },
): { readonly written: string; readonly start: ReplyStart } {
  const { thinking, messages, ends } = model.family;
  const render = (conversation: readonly MessageParam[]): string =>
    renderPrompt(model, readConversation({ messages: [...conversation] }), {
      tools: [toolDefinition(weather)],
      mayCall: true,
      thinking: options.thinking,
    })
      .map(({ text }) => text)
      .join('');
  const prompt = render([asked]);
  const whole = render([asked, { role: 'assistant', content: answer }, { role: 'user', content: answer.flatMap(result) }]);
  // Where nothing is thought, the prompt may hold marks of thinking that the history does not.
  const thoughtAt = thinking === undefined ? -1 : prompt.lastIndexOf(thinking.open);
  const before = [prompt, prompt.slice(0, thoughtAt)].find((beginning) => beginning !== '' && whole.startsWith(beginning));
  if (before === undefined) throw new Error('The history does not begin with the prompt that the answer was written to.');
  const rest = whole.slice(before.length);
  const end = Math.min(...[...ends, '</s>', ...options.ends].map((text) => rest.indexOf(text)).filter((at) => at >= 0));
  const isThinking = thinking !== undefined && before.trimEnd().endsWith(thinking.open);
  return { written: rest.slice(0, end), start: isThinking ? 'thinking' : messages === undefined ? 'text' : 'head' };
}

function result(block: ContentBlockParam): ContentBlockParam[] {
  return block.type === 'tool_use' ? [{ type: 'tool_result', tool_use_id: block.id, content: 'The result.' }] : [];
}
