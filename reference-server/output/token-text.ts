/** Tokens to text: a character that is spread over several tokens is held back until it is whole, so that no half ever leaves as U+FFFD. */
import type { Token } from 'node-llama-cpp';

const replacement = '\uFFFD';
/** A character has at most four bytes, so more held tokens than this are no character in the making but bytes that are simply wrong. */
const mostHeld = 8;
/** Enough for tokenizers that write a leading space only in the middle of a text. */
const context = 3;

/** Text of `tokens` as it reads after `before`. Control tokens have none. */
export type Detokenize<T> = (tokens: readonly T[], before: readonly T[]) => string;

export class TokenText<T = Token> {
  readonly #detokenize: Detokenize<T>;
  #before: readonly T[];
  #held: T[] = [];

  /** @param before What the text goes on with. Without it, tokenizers of SentencePiece leave out the space in front of the first word. */
  constructor(detokenize: Detokenize<T>, before: readonly T[] = []) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-context);
  }

  /** The text that is whole with this token; empty while a character is incomplete. */
  push(token: T): string {
    this.#held.push(token);
    const text = this.#detokenize(this.#held, this.#before);
    if (text.endsWith(replacement) && this.#held.length < mostHeld) return '';
    this.#before = [...this.#before, ...this.#held].slice(-context);
    this.#held = [];
    return text;
  }

  /** What is left when no more tokens come: nothing of a half character. */
  flush(): string {
    const text = this.#held.length === 0 ? '' : this.#detokenize(this.#held, this.#before);
    this.#held = [];
    return text.replace(/\uFFFD+$/u, '');
  }
}
