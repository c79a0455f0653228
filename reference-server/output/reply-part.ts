/** What a reply is made of, and where it begins. */

/** A piece of the reply. `thinking-end` and `call-end` close what is open; a call without `call-end` was cut short. `rest` is what of the suffix has come already. */
export type ReplyPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'thinking-end' }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'arguments'; readonly json: string }
  | { readonly kind: 'call-end'; readonly rest: string };

/** In what the prompt ends: plain text, opened thinking, the head of a message, or a call that the server opened, up to its name or its arguments. */
export type ReplyStart = 'text' | 'thinking' | 'head' | 'call-name' | 'call-arguments';

/** Where in a call the grammar takes over that has to hold it; the name where it has been written already. */
export type HeldFrom = { readonly position: 'mark' } | { readonly position: 'arguments'; readonly name: string };
