/** Requests are in the journal as they came, also those that were refused; only what has messages can be compared with what a test expects. */
import type { MessagesRequest } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';

/** Whether it has messages with a content. The rest of it may be wrong: that is for the test to say. */
export function isReadable(body: unknown): body is MessagesRequest {
  return isJsonObject(body) && Array.isArray(body['messages']) && body['messages'].every(hasContent);
}

function hasContent(message: unknown): boolean {
  if (!isJsonObject(message)) return false;
  const { content } = message;
  return typeof content === 'string' || (Array.isArray(content) && content.every(isJsonObject));
}
