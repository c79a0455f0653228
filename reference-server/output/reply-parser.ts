/**
 * The one streaming parser: text and marks in, thinking, text and tool calls out, whatever the pieces. It is driven by the model's
 * delimiters. Line breaks that only the format wants (after thinking, around calls) are dropped.
 */
import { CallReader } from './call-reader.ts';
import type { Delimiters } from './delimiters.ts';
import type { Mark } from './marks.ts';
import { TrimmedText } from './trimmed-text.ts';
import { readUncheckedCall } from './unchecked-call.ts';

/** A piece of the reply. `thinking-end` and `call-end` close what is open; a call without `call-end` was cut short. `rest` is what of the suffix has come already. */
export type ReplyPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'thinking-end' }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'arguments'; readonly json: string }
  | { readonly kind: 'call-end'; readonly rest: string };

/** In what the prompt ends: plain text, opened thinking, or a call that the server opened, up to its name or its arguments. */
export type ReplyStart = 'text' | 'thinking' | 'call-name' | 'call-arguments';

export interface ReplyParserOptions {
  readonly delimiters: Delimiters;
  readonly start: ReplyStart;
  /** True where a grammar holds every call to its form: its arguments leave as they come. Else a call is read whole and checked. */
  readonly areCallsGuarded: boolean;
  readonly toolNames: ReadonlySet<string>;
}

type State =
  | { readonly in: 'text'; readonly text: TrimmedText }
  | { readonly in: 'thinking'; readonly text: TrimmedText }
  | { readonly in: 'call'; readonly reader: CallReader }
  | { readonly in: 'unchecked-call'; body: string };

export class ReplyParser {
  readonly #options: ReplyParserOptions;
  #state: State;

  constructor(options: ReplyParserOptions) {
    this.#options = options;
    this.#state = this.#initial(options.start);
  }

  /** True from the opening mark of a call to its end. */
  get isInCall(): boolean {
    return this.#state.in === 'call' || this.#state.in === 'unchecked-call';
  }

  /** True in a call that a grammar has to hold to its form. */
  get isInGuardedCall(): boolean {
    return this.#state.in === 'call';
  }

  get isThinking(): boolean {
    return this.#state.in === 'thinking';
  }

  text(piece: string): ReplyPart[] {
    const state = this.#state;
    switch (state.in) {
      case 'text':
      case 'thinking':
        return shown(state.in, state.text.push(piece));
      case 'call':
        return this.#readCall(state.reader, piece);
      case 'unchecked-call':
        state.body += piece;
        return [];
      default:
        return state satisfies never;
    }
  }

  mark(mark: Mark): ReplyPart[] {
    if (this.#state.in === 'call') return this.text(this.#textOf(mark));
    switch (mark) {
      case 'thinking-open':
        return this.#openThinking();
      case 'thinking-close':
        return this.#closeThinking();
      case 'call-open':
        return this.#openCall();
      case 'call-close':
        return this.#closeCall();
      default:
        return mark satisfies never;
    }
  }

  /** What is left when the model has ended: open thinking is closed, an open call stays cut short. */
  end(): ReplyPart[] {
    const state = this.#state;
    if (state.in === 'text') return shown('text', state.text.flush());
    if (state.in === 'thinking') return this.#closeThinking();
    if (state.in === 'unchecked-call') return this.#closeCall();
    return [];
  }

  #initial(start: ReplyStart): State {
    if (start === 'text') return { in: 'text', text: new TrimmedText(false) };
    if (start === 'thinking') return { in: 'thinking', text: new TrimmedText(true) };
    const { call } = this.#options.delimiters;
    if (call === undefined) throw new Error('A reply cannot begin in a call: the model has no syntax for calls.');
    return { in: 'call', reader: new CallReader(call, start === 'call-name' ? 'name' : 'arguments') };
  }

  #openThinking(): ReplyPart[] {
    if (this.#state.in !== 'text') return [];
    this.#state = { in: 'thinking', text: new TrimmedText(true) };
    return [];
  }

  #closeThinking(): ReplyPart[] {
    if (this.#state.in !== 'thinking') return [];
    this.#state = { in: 'text', text: new TrimmedText(true) };
    return [{ kind: 'thinking-end' }];
  }

  /** Some models begin a call without closing their thinking first. */
  #openCall(): ReplyPart[] {
    const before = this.#closeThinking();
    const { call } = this.#options.delimiters;
    if (call === undefined || this.#state.in !== 'text') return before;
    this.#state = this.#options.areCallsGuarded ? { in: 'call', reader: new CallReader(call, 'mark') } : { in: 'unchecked-call', body: '' };
    return before;
  }

  #readCall(reader: CallReader, piece: string): ReplyPart[] {
    const parts = reader.push(piece).map((part): ReplyPart => {
      if (part.kind === 'name') return { kind: 'call', name: part.name };
      return part.kind === 'arguments' ? part : { kind: 'call-end', rest: reader.rest };
    });
    if (reader.isDone) this.#state = { in: 'text', text: new TrimmedText(true) };
    return parts;
  }

  #closeCall(): ReplyPart[] {
    if (this.#state.in !== 'unchecked-call') return [];
    const { body } = this.#state;
    const call = readUncheckedCall(body, this.#options.toolNames);
    this.#state = { in: 'text', text: new TrimmedText(call !== undefined) };
    if (call === undefined) return shown('text', `${this.#textOf('call-open')}${body}${this.#textOf('call-close')}`);
    return [
      { kind: 'call', name: call.name },
      { kind: 'arguments', json: call.json },
      { kind: 'call-end', rest: '' },
    ];
  }

  #textOf(mark: Mark): string {
    const { thinking, call } = this.#options.delimiters;
    switch (mark) {
      case 'thinking-open':
        return thinking?.open ?? '';
      case 'thinking-close':
        return thinking?.close ?? '';
      case 'call-open':
        return call?.open ?? '';
      case 'call-close':
        return call?.close ?? '';
      default:
        return mark satisfies never;
    }
  }
}

function shown(kind: 'text' | 'thinking', text: string): ReplyPart[] {
  return text === '' ? [] : [{ kind, text }];
}
