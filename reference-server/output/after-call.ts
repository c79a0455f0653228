/** What comes behind a call that no grammar held: nothing yet, another call of a list, the end of the list, or text. */
import type { LooseForm } from '../families/family.ts';

export type AfterCall =
  /** What is held back until more comes. White space, and what else the format has there, is dropped. */
  | { readonly next: 'unknown'; readonly held: string }
  /** `opening` is what the format has before the call, `body` what has come of it. */
  | { readonly next: 'call'; readonly opening: string; readonly body: string }
  | { readonly next: 'text'; readonly text: string };

/** Reads `text`, all that has come since the call. */
export function readAfterCall(form: LooseForm, text: string): AfterCall {
  const held = text.trimStart();
  if (form.form === 'named' && form.another !== undefined) return readAnother(held, form.another, form.tail ?? '');
  const isListed = form.form === 'object' && form.isListed === true;
  if (isListed && held.startsWith(',')) return { next: 'call', opening: ',', body: held.slice(1) };
  const tail = isListed ? ']' : ((form.form === 'named' ? form.tail : undefined) ?? '');
  if (tail.startsWith(held)) return { next: 'unknown', held };
  return { next: 'text', text: tail !== '' && held.startsWith(tail) ? held.slice(tail.length) : held };
}

/** Several calls between one pair of marks. */
function readAnother(held: string, another: string, tail: string): AfterCall {
  if (tail !== '' && held.startsWith(tail)) return readAnother(held.slice(tail.length).trimStart(), another, tail);
  if (held.startsWith(another)) return { next: 'call', opening: '', body: held };
  return another.startsWith(held) || tail.startsWith(held) ? { next: 'unknown', held } : { next: 'text', text: held };
}
