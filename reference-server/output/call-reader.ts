/** Reads tool calls that a grammar holds to their form: the name, then the arguments in the pieces in which they come. */
import { afterOpen, type CallSyntax } from '../families/family.ts';
import { JsonEnd } from './json-end.ts';

/** What a piece of a call brought: the name, once; a piece of the arguments' JSON; the end of the arguments. */
export type CallPart =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'arguments'; readonly json: string }
  | { readonly kind: 'end'; readonly rest: string };

type ReaderState = 'before-name' | 'name' | 'arguments' | 'between' | 'done';

/**
 * Nothing has to be checked. `at` says where the text begins: after the opening mark, at the name, or at the arguments, which is where a
 * forced call begins. Where calls are members of a list it reads on until the list ends.
 */
export class CallReader {
  readonly #syntax: CallSyntax;
  #state: ReaderState;
  #held = '';
  #json = new JsonEnd();

  constructor(syntax: CallSyntax, at: 'mark' | 'name' | 'arguments') {
    this.#syntax = syntax;
    this.#state = at === 'mark' ? 'before-name' : at;
  }

  /** Whether there is nothing more to read. */
  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** Whether a call is open: not so between the calls of a list. */
  get isOpen(): boolean {
    return this.#state !== 'done' && this.#state !== 'between';
  }

  push(piece: string): CallPart[] {
    const parts: CallPart[] = [];
    this.#held += piece;
    for (let before = ''; before !== `${this.#state}${this.#held.length}`;) {
      before = `${this.#state}${this.#held.length}`;
      this.#step(parts);
    }
    return parts;
  }

  #step(parts: CallPart[]): void {
    const { afterName } = this.#syntax;
    switch (this.#state) {
      case 'before-name': {
        const beforeName = afterOpen(this.#syntax);
        if (this.#held.length >= beforeName.length) this.#goOn('name', beforeName.length);
        return;
      }
      case 'name': {
        const end = this.#held.indexOf(afterName);
        if (end === -1) return;
        parts.push({ kind: 'name', name: this.#held.slice(0, end) });
        this.#json = new JsonEnd();
        this.#goOn('arguments', end + afterName.length);
        return;
      }
      case 'arguments':
        this.#readArguments(parts);
        return;
      case 'between':
        this.#readBetween();
        return;
      case 'done':
        return;
      default:
        this.#state satisfies never;
    }
  }

  #readArguments(parts: CallPart[]): void {
    let end = 0;
    while (end < this.#held.length && !this.#json.isDone) {
      this.#json.step(this.#held.charAt(end));
      end += 1;
    }
    if (end > 0) parts.push({ kind: 'arguments', json: this.#held.slice(0, end) });
    if (!this.#json.isDone) {
      this.#goOn('arguments', end);
      return;
    }
    this.#goOn(this.#syntax.between === undefined ? 'done' : 'between', end);
    // A token may end the arguments and go on: `"}}` does both.
    parts.push({ kind: 'end', rest: this.#held });
  }

  #readBetween(): void {
    const { between = '', suffix } = this.#syntax;
    if (this.#held.startsWith(between)) this.#goOn('name', between.length);
    else if (this.#held.startsWith(suffix)) this.#goOn('done', suffix.length);
  }

  #goOn(state: ReaderState, read: number): void {
    this.#state = state;
    this.#held = this.#held.slice(read);
  }
}
