/** The signature of a thinking block: opaque to clients, who send it back. Deterministic, so that equal answers stay equal. */
import { createHmac } from 'node:crypto';

/** Not a secret: it marks blocks as ours, and no more is trusted because of it than that they were not changed by accident. */
const key = 'messages-conformance reference server';
/** Base64 of the letters that tell our signatures from those of other servers. */
const mark = Buffer.from('mcr').toString('base64');

/** Base64 of the mark and 32 bytes that depend on the whole text. */
export function signThinking(thinking: string): string {
  return `${mark}${createHmac('sha256', key).update(thinking).digest('base64')}`;
}

/** True of a block that this server signed with another text. Thinking that was left out has none, and histories come from other servers too. */
export function isEdited({ thinking, signature }: { readonly thinking: string; readonly signature: string }): boolean {
  return thinking !== '' && signature.startsWith(mark) && signature !== signThinking(thinking);
}
