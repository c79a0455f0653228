/** A request in a few words, for messages of failed assertions. */
import type { JournalEntry } from '../journal/entry.ts';
import { readPrompt } from '../read-prompt.ts';
import { isReadable } from '../readable.ts';

/** `request req_1 (POST /v1/messages, "What is the weather in Paris?")` */
export function describeRequest({ id, method, url, body }: JournalEntry): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/, '');
  const said = isReadable(body) ? readPrompt(body.messages).text : '';
  return `request ${id} (${method} ${path}${said === '' ? '' : `, ${JSON.stringify(excerpt(said))}`})`;
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).toWellFormed()}...` : text;
}
