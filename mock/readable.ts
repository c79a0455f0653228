/** Without validation, and in the journal, a request may be anything. What of it can be read as the API means it. */
import type { MessageParam, MessagesRequest } from '../spec/index.ts';
import { isJsonObject } from '../spec/json.ts';

/** Whether it has messages with a content. The rest of it may be wrong: that is for the test to say. */
export function isReadable(body: unknown): body is MessagesRequest {
  return isJsonObject(body) && Array.isArray(body['messages']) && body['messages'].every(isMessage);
}

/** The messages among what stands there. */
export function readableMessages(messages: unknown): readonly MessageParam[] {
  return Array.isArray(messages) ? messages.filter(isMessage) : [];
}

/** The request without what the mock could not read; for its own use, scripts and matchers see all of it. */
export function readableRequest(request: MessagesRequest): MessagesRequest {
  const kept = Object.entries(request).filter(([name, value]) => readers[name]?.(value) ?? true);
  const lists = { messages: readableMessages(request.messages), tools: listed(request.tools, isTool) };
  return Object.assign({}, request, ...Object.keys(readers).map((name) => ({ [name]: undefined })), Object.fromEntries(kept), lists);
}

/** Fields that the mock reads, by what they must be for it. */
const readers: Readonly<Record<string, (value: unknown) => boolean>> = {
  stop_sequences: (value) => Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== ''),
  tool_choice: (value) => isJsonObject(value) && typeof value['type'] === 'string',
  thinking: isJsonObject,
  output_config: (value) => isJsonObject(value) && (value['format'] === undefined || isJsonObject(value['format'])),
};

function listed(value: unknown, fits: (item: unknown) => boolean): readonly unknown[] {
  return Array.isArray(value) ? value.filter(fits) : [];
}

function isTool(tool: unknown): boolean {
  return isJsonObject(tool) && (!('name' in tool) || typeof tool['name'] === 'string');
}

function isMessage(message: unknown): message is MessageParam {
  if (!isJsonObject(message)) return false;
  const { content } = message;
  return typeof content === 'string' || (Array.isArray(content) && content.every(isBlock));
}

function isBlock(block: unknown): boolean {
  if (!isJsonObject(block)) return false;
  const { type, content } = block;
  if (type !== 'tool_result' || content === undefined || typeof content === 'string') return true;
  return Array.isArray(content) && content.every(isJsonObject);
}
