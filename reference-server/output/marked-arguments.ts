/** Arguments that look like JSON, with bare names and with marks in place of quotes, between which everything stands as it is. */
import type { MarkedNotation } from '../families/family.ts';
import type { ArgumentReader } from './argument-reader.ts';
import { plainJson } from './argument-value.ts';
import { inString, TextEnd } from './text-end.ts';

/** A name or a number that has not ended by now is none. */
const longestWord = 256;
/** A call comes back in a request, and those may be nested 200 deep. */
const deepest = 150;

type State = 'value' | 'first-name' | 'name' | 'after' | 'done' | { readonly string: TextEnd };

export class MarkedArguments implements ArgumentReader {
  readonly #quote: string;
  /** The closing brackets that are still to come. */
  readonly #open: ('}' | ']')[] = [];
  #state: State = 'value';
  #held = '';
  #isRefused = false;

  constructor({ quote }: MarkedNotation) {
    this.#quote = quote;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  get rest(): string {
    return this.isDone ? this.#held : '';
  }

  get isRefused(): boolean {
    return this.#isRefused;
  }

  get isInText(): boolean {
    return typeof this.#state === 'object';
  }

  push(piece: string): string {
    this.#held += piece;
    let json = '';
    for (let isGoingOn = true; isGoingOn && !this.#isRefused && !this.isDone;) {
      const [before, left] = [this.#state, this.#held.length];
      json += this.#step(this.#state);
      isGoingOn = before !== this.#state || left !== this.#held.length;
    }
    return json;
  }

  end(): string | undefined {
    return this.isDone ? '' : undefined;
  }

  #step(state: State): string {
    if (typeof state === 'object') {
      const { text, rest } = state.string.push(this.#held);
      if (rest !== undefined) return inString(text) + this.#become('after', '"', rest);
      this.#held = '';
      return inString(text);
    }
    this.#held = this.#held.trimStart();
    if (this.#held === '') return '';
    const first = this.#held.charAt(0);
    switch (state) {
      case 'value':
        return this.#readValue(first);
      case 'first-name':
        return first === '}' ? this.#close(first) : this.#readName();
      case 'name':
        return this.#readName();
      case 'after':
        if (first === ',') return this.#become(this.#open.at(-1) === '}' ? 'name' : 'value', ',', this.#held.slice(1));
        return this.#close(first);
      case 'done':
        return '';
      default:
        return state satisfies never;
    }
  }

  #readValue(first: string): string {
    if (first === '{' || first === '[') {
      this.#open.push(first === '{' ? '}' : ']');
      this.#isRefused = this.#open.length > deepest;
      return this.#become(first === '{' ? 'first-name' : 'value', first, this.#held.slice(1));
    }
    // Arguments are an object, and a list may be empty.
    if (this.#open.length === 0) return this.#refuse();
    if (this.#held.startsWith(this.#quote))
      return this.#become({ string: new TextEnd(this.#quote) }, '"', this.#held.slice(this.#quote.length));
    if (this.#quote.startsWith(this.#held)) return '';
    const end = this.#held.search(/[,}\]]/u);
    if (end === -1) return this.#held.length > longestWord ? this.#refuse() : '';
    const text = this.#held.slice(0, end).trim();
    if (text === '' && first === ']') return this.#close(first);
    // Templates may spell a missing value as nothing at all.
    return this.#become('after', text === '' ? 'null' : (plainJson(text) ?? JSON.stringify(text)), this.#held.slice(end));
  }

  /** Some write names as strings. */
  #readName(): string {
    const end = this.#held.indexOf(':');
    if (end === -1) return this.#held.length > longestWord ? this.#refuse() : '';
    const name = this.#held.slice(0, end).replaceAll(this.#quote, '').trim();
    return this.#become('value', `${JSON.stringify(name)}:`, this.#held.slice(end + 1));
  }

  #close(bracket: string): string {
    if (bracket !== this.#open.pop()) return this.#refuse();
    return this.#become(this.#open.length === 0 ? 'done' : 'after', bracket, this.#held.slice(1));
  }

  #become(state: State, json: string, held: string): string {
    this.#state = state;
    this.#held = held;
    return json;
  }

  #refuse(): string {
    this.#isRefused = true;
    return '';
  }
}
