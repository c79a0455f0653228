/** Reads one tool call while it is written: the name, then the arguments in the pieces in which they come. */
import type { CallDelimiters } from './delimiters.ts';

/** What a piece of a call brought: the name, once; a piece of the arguments' JSON; the end of the arguments. */
export type CallPart =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'arguments'; readonly json: string }
  | { readonly kind: 'end' };

/**
 * For calls that a grammar holds to their form, so that nothing has to be checked. `at` says where the text begins: after the opening
 * mark, at the name, or at the arguments, which is where a forced call begins.
 */
export class CallReader {
  readonly #delimiters: CallDelimiters;
  #state: 'before-name' | 'name' | 'arguments' | 'done';
  #held = '';
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor(delimiters: CallDelimiters, at: 'mark' | 'name' | 'arguments') {
    this.#delimiters = delimiters;
    this.#state = at === 'mark' ? 'before-name' : at;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** What came after the arguments in the same piece: a token may end the arguments and go on, `"}}` does both. */
  get rest(): string {
    return this.isDone ? this.#held : '';
  }

  push(piece: string): CallPart[] {
    const parts: CallPart[] = [];
    this.#held += piece;
    if (this.#state === 'before-name') this.#skipToName();
    if (this.#state === 'name') this.#readName(parts);
    if (this.#state === 'arguments') this.#readArguments(parts);
    return parts;
  }

  #skipToName(): void {
    const beforeName = this.#delimiters.prefix.slice(this.#delimiters.open.length);
    if (this.#held.length < beforeName.length) return;
    this.#held = this.#held.slice(beforeName.length);
    this.#state = 'name';
  }

  #readName(parts: CallPart[]): void {
    const end = this.#held.indexOf(this.#delimiters.afterName);
    if (end === -1) return;
    parts.push({ kind: 'name', name: this.#held.slice(0, end) });
    this.#held = this.#held.slice(end + this.#delimiters.afterName.length);
    this.#state = 'arguments';
  }

  #readArguments(parts: CallPart[]): void {
    const text = this.#held;
    let end = 0;
    while (end < text.length && this.#state === 'arguments') {
      this.#step(text.charAt(end));
      end += 1;
    }
    this.#held = text.slice(end);
    if (end > 0) parts.push({ kind: 'arguments', json: text.slice(0, end) });
    if (this.isDone) parts.push({ kind: 'end' });
  }

  /** Follows strings and nesting; the object that closes the outermost brace ends the arguments. */
  #step(character: string): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (character === '\\') this.#escaped = true;
      else if (character === '"') this.#inString = false;
      return;
    }
    if (character === '"') this.#inString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      this.#depth -= 1;
      if (this.#depth === 0) this.#state = 'done';
    }
  }
}
