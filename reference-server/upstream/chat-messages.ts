/**
 * From the messages of a request to those of chat completions: system first and once, each tool result a message of its own, images as
 * data URLs. What an OpenAI-compatible engine has no words for is refused, never dropped.
 */
import type {
  AssistantMessageParam,
  CountTokensRequest,
  ImageBlockParam,
  ToolResultBlockParam,
  UserMessageParam,
} from '../../spec/index.ts';
import { blockText, contentText, type ReadableBlock } from '../prompt/content-text.ts';
import { refuseEditedThinking, startOfToolLoop } from '../prompt/conversation.ts';
import { refusal } from '../prompt/refusal.ts';
import { engineCallId } from './call-id.ts';

export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

export type ChatMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly ChatPart[] }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string | null;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly ChatCall[];
    };

interface ChatCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/**
 * `role: "system"` inside the messages becomes text of the user at its place: most templates refuse a system turn that is not the
 * first. Thinking is kept for the running tool loop only, as the API does; redacted thinking says nothing to other models.
 *
 * @throws ApiError 400 for what the engine cannot be told, and for thinking of the last answer that was edited.
 */
export function chatMessages(request: Pick<CountTokensRequest, 'system' | 'messages'>): readonly ChatMessage[] {
  const { messages } = request;
  refuseEditedThinking(messages);
  const system = [request.system === undefined ? '' : contentText(request.system, 'system')];
  const leading = messages.findIndex(({ role }) => role !== 'system');
  const currentLoop = startOfToolLoop(messages);
  const chat: ChatMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const where = `messages.${index}.content`;
    if (message.role === 'assistant') chat.push(assistantMessage(message, where, index >= currentLoop));
    else if (message.role === 'user') chat.push(...userMessages(message, where));
    else if (leading === -1 || index < leading) system.push(contentText(message.content, where));
    else chat.push({ role: 'user', content: contentText(message.content, where) });
  }
  const instructions = system.filter((text) => text !== '').join('\n\n');
  const merged = merge(chat);
  return instructions === '' ? merged : [{ role: 'system', content: instructions }, ...merged];
}

/** Results first, then everything else, whatever the order: templates want them right after their calls. */
function userMessages({ content }: UserMessageParam, where: string): readonly ChatMessage[] {
  if (typeof content === 'string') return [{ role: 'user', content }];
  const results: ChatMessage[] = [];
  const parts: ChatPart[] = [];
  for (const [index, block] of content.entries()) {
    const place = `${where}.${index}`;
    if (block.type === 'tool_result') {
      const { text, images } = toolResult(block, place);
      results.push({ role: 'tool', tool_call_id: engineCallId(block.tool_use_id), content: text });
      parts.push(...images);
    } else {
      parts.push(block.type === 'image' ? imagePart(block, place) : { type: 'text', text: blockText(block, place) });
    }
  }
  return parts.length === 0 ? results : [...results, { role: 'user', content: plain(parts) }];
}

/** Tool messages hold text alone in most engines, so images go into the user's message after them. */
function toolResult(block: ToolResultBlockParam, where: string): { readonly text: string; readonly images: readonly ChatPart[] } {
  const { content = '' } = block;
  const blocks: readonly (ReadableBlock | ImageBlockParam)[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const images = blocks.flatMap((part, index) => (part.type === 'image' ? [imagePart(part, `${where}.content.${index}`)] : []));
  const texts = blocks.flatMap((part, index) => (part.type === 'image' ? [] : [blockText(part, `${where}.content.${index}`)]));
  const text = [...texts, ...(images.length === 0 ? [] : ['(images follow)'])].join('\n');
  // Chat completions have no field for a failed call, so the text says it, unless it already does.
  return { text: block.is_error === true && !/^error\b/i.test(text) ? `Error: ${text}` : text, images };
}

function imagePart({ source }: ImageBlockParam, where: string): ChatPart {
  if (source.type === 'base64') return { type: 'image_url', image_url: { url: `data:${source.media_type};base64,${source.data}` } };
  if (source.type === 'url') return { type: 'image_url', image_url: { url: source.url } };
  throw refusal(`${where}.source`, `this server does not take images by ${source.type}`);
}

function assistantMessage({ content }: AssistantMessageParam, where: string, keepThinking: boolean): ChatMessage {
  if (typeof content === 'string') return { role: 'assistant', content };
  let text = '';
  let thinking = '';
  const calls: ChatCall[] = [];
  for (const [index, block] of content.entries()) {
    if (block.type === 'text') text += block.text;
    else if (block.type === 'thinking') thinking += keepThinking ? block.thinking : '';
    else if (block.type === 'tool_use') calls.push(chatCall(block.id, block.name, block.input));
    else if (block.type !== 'redacted_thinking')
      throw refusal(`${where}.${index}`, `this server does not take blocks of type ${block.type} here`);
  }
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(thinking === '' ? {} : { reasoning_content: thinking }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function chatCall(id: string, name: string, input: unknown): ChatCall {
  return { id: engineCallId(id), type: 'function', function: { name, arguments: JSON.stringify(input) } };
}

/** Templates that know only text get text: some do not take a list. */
function plain(parts: readonly ChatPart[]): string | readonly ChatPart[] {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : parts;
}

/** Consecutive messages of one speaker become one: templates for strictly alternating roles would throw. */
function merge(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role === 'user' && message.role === 'user') {
      merged[merged.length - 1] = { role: 'user', content: plain([...partsOf(last.content), ...partsOf(message.content)]) };
    } else if (last?.role === 'assistant' && message.role === 'assistant' && last.tool_calls === undefined) {
      const { content, ...rest } = message;
      const texts = [last.content, content].filter((text) => text !== null && text !== '');
      merged[merged.length - 1] = { ...last, ...rest, content: texts.join('\n') };
    } else merged.push(message);
  }
  return merged;
}

function partsOf(content: string | readonly ChatPart[]): readonly ChatPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
