/** Reads tool calls that a grammar holds to their form: the name, then the arguments in the pieces in which they come. */
import { afterOpen, type CallSyntax } from '../families/family.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { type ArgumentReader, argumentReader } from './argument-reader.ts';

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
  readonly #tools: ReadonlyMap<string, Schema>;
  #arguments: ArgumentReader;

  /** `tools`: the schemas of the arguments by the names of the tools; of the one tool, where its name has been written already. */
  constructor(syntax: CallSyntax, at: 'mark' | 'name' | 'arguments', tools: ReadonlyMap<string, Schema> = new Map()) {
    const [only, ...others] = tools.values();
    this.#syntax = syntax;
    this.#tools = tools;
    this.#arguments = argumentReader(syntax, others.length === 0 ? only : undefined);
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
        // Where nothing ends the name, what follows begins with a character that no name has.
        const end = afterName === '' ? this.#held.search(/[^\w.-]/u) : this.#held.indexOf(afterName);
        if (end === -1) return;
        const { count } = this.#syntax;
        const head = this.#held.slice(0, end);
        const name = count === undefined ? head : head.slice(0, head.lastIndexOf(count));
        parts.push({ kind: 'name', name });
        this.#arguments = argumentReader(this.#syntax, this.#tools.get(name));
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
    const json = this.#arguments.push(this.#held);
    this.#held = '';
    if (json !== '') parts.push({ kind: 'arguments', json });
    if (!this.#arguments.isDone) return;
    this.#state = this.#syntax.between === undefined ? 'done' : 'between';
    this.#held = this.#arguments.rest;
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
