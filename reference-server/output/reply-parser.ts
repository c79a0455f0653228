/**
 * The one streaming parser: text and marks in, thinking, text and tool calls out, whatever the pieces. It is driven by the family's
 * syntax. Line breaks that only the format wants (after thinking, around calls) are dropped.
 */
import type { Family, MessageKind } from '../families/family.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { type AfterCall, readAfterCall } from './after-call.ts';
import { BareCallFinder } from './bare-call.ts';
import { CallReader } from './call-reader.ts';
import { LooseCall, type UnheldCall } from './loose-call.ts';
import type { Mark } from './marks.ts';
import type { HeldFrom, ReplyPart, ReplyStart } from './reply-part.ts';
import { TrimmedText } from './trimmed-text.ts';
import { unheldCall } from './unheld-call.ts';

export interface ReplyParserOptions {
  readonly family: Family;
  readonly start: ReplyStart;
  /** True where a grammar holds calls to their form from their mark on: their arguments leave as they come. Else a call is read whole and checked. */
  readonly areCallsHeld: boolean;
  readonly toolNames: ReadonlySet<string>;
  /** The schemas of their arguments, for families in which a number looks like its text. */
  readonly schemas?: ReadonlyMap<string, Schema>;
}

/** A head that has not ended by now is none. The longest name of a tool fits. */
const longestHead = 256;

type State =
  | { readonly in: 'text'; readonly text: TrimmedText; readonly bare: BareCallFinder }
  | { readonly in: 'thinking'; readonly text: TrimmedText }
  | { readonly in: 'head'; head: string }
  | { readonly in: 'call'; readonly reader: CallReader; readonly from: HeldFrom }
  // `before` is what the format may have wanted in front of the call, or the text, if it turns out to be none.
  | { readonly in: 'loose-call'; readonly call: UnheldCall; readonly opening: string; readonly before: string }
  | { readonly in: 'after-call'; readonly held: string };

export class ReplyParser {
  readonly #options: ReplyParserOptions;
  #state: State;
  /** After something that only looked like a call, its closing mark is text as well. */
  #isCloseShown = false;
  /** Whether the last part was text, so that another message of text is a paragraph of the same block. */
  #isAfterText = false;
  /** Whether nothing of the answer has come yet. */
  #isBeginning = true;

  constructor(options: ReplyParserOptions) {
    this.#options = options;
    this.#state = this.#initial(options.start);
  }

  /** True from the opening mark of a call to its end. */
  get isInCall(): boolean {
    return this.#state.in === 'call' ? this.#state.reader.isOpen : this.#state.in === 'loose-call';
  }

  /** In a call, or between two of a list, that a grammar has to hold to its form: where it takes over. */
  get heldFrom(): HeldFrom | undefined {
    return this.#state.in === 'call' ? this.#state.from : undefined;
  }

  get isThinking(): boolean {
    return this.#state.in === 'thinking';
  }

  text(piece: string): ReplyPart[] {
    const state = this.#state;
    switch (state.in) {
      case 'text': {
        const { text, call } = state.bare.push(piece);
        const parts = this.#shown('text', state.text.push(text));
        return call === undefined ? parts : [...parts, ...this.#openLoose('', state.text.flush(), call)];
      }
      case 'thinking':
        return this.#shown('thinking', state.text.push(piece));
      case 'head':
        return this.#readHeadText(state, piece);
      case 'call':
        return this.#readHeld(state.reader, piece);
      case 'loose-call':
        state.call.push(piece);
        return this.#readLoose();
      case 'after-call':
        return this.#goOnAfterCall(readAfterCall(this.#options.family.calls.loose, state.held + piece));
      default:
        return state satisfies never;
    }
  }

  mark(mark: Mark): ReplyPart[] {
    const state = this.#state;
    if (state.in === 'call') return this.text(mark.text);
    if (state.in === 'loose-call') return this.#markInLooseCall(state.call, mark);
    if (state.in === 'head' && (mark.role === 'head-open' || mark.role === 'part')) return this.text(mark.text);
    switch (mark.role) {
      case 'thinking-open':
        return state.in === 'thinking' ? [] : [...this.#leaveText(), ...this.#become(thinking(this.#options.family.thinking?.label))];
      case 'thinking-close':
        return this.closeThinking();
      case 'call-open':
        return this.#openCall(mark.text);
      case 'call-close':
        return this.#closeCall(mark.text);
      case 'around-calls': {
        const parts = [...this.closeThinking(), ...this.#leaveText()];
        return [...parts, ...this.#become(this.#newText())];
      }
      case 'head-open':
        return [...this.#endMessage(), ...this.#become({ in: 'head', head: mark.text })];
      case 'head-end':
        return state.in === 'head' ? this.#readHead(state.head) : [];
      case 'message-end':
        return this.#endMessage();
      case 'part':
        return [];
      default:
        return mark.role satisfies never;
    }
  }

  /** Ends thinking, as its closing mark does. */
  closeThinking(): ReplyPart[] {
    if (this.#state.in !== 'thinking') return [];
    this.#state = this.#options.family.messages === undefined ? this.#newText() : { in: 'head', head: '' };
    this.#isAfterText = false;
    return [{ kind: 'thinking-end' }];
  }

  /** What is left when no more comes: open thinking is closed. `isCut`: the model did not end here by itself, so an open call stays cut short. */
  end({ isCut }: { readonly isCut: boolean }): ReplyPart[] {
    const state = this.#state;
    if (state.in === 'text') return this.#shown('text', state.text.push(state.bare.flush()) + state.text.flush());
    if (state.in === 'thinking') return this.closeThinking();
    if (state.in === 'loose-call') return isCut ? this.#cutLoose(state.call) : this.#finishLoose(state.call);
    if (state.in === 'head' && !isCut && state.head.trim() !== '') return [...this.#showHead(state.head), ...this.end({ isCut })];
    return [];
  }

  #initial(start: ReplyStart): State {
    if (start === 'text') return this.#newText(false);
    if (start === 'thinking') return thinking();
    if (start === 'head') return { in: 'head', head: '' };
    const reader = new CallReader(this.#options.family.calls, start === 'call-name' ? 'name' : 'arguments', this.#options.schemas);
    return { in: 'call', reader, from: { position: 'mark' } };
  }

  /** Only where the answer begins, it may be a call without a mark: further on, that is an example, or data. */
  #newText(isTrimmed = true): State & { readonly in: 'text' } {
    const { family, toolNames } = this.#options;
    const mayBeCall = family.calls.loose.form === 'object' && toolNames.size > 0 && this.#isBeginning;
    const beginnings = mayBeCall ? family.calls.loose.bare : undefined;
    return { in: 'text', text: new TrimmedText(isTrimmed), bare: new BareCallFinder(beginnings ?? []) };
  }

  #become(state: State): ReplyPart[] {
    this.#state = state;
    return [];
  }

  /** What was held back of a text that something else follows, without the white space before that. */
  #leaveText(): ReplyPart[] {
    return this.#state.in === 'text' ? this.#shown('text', this.#state.text.push(this.#state.bare.flush())) : [];
  }

  #endMessage(): ReplyPart[] {
    if (this.#state.in === 'thinking') return this.closeThinking();
    const left = this.#state.in === 'head' ? this.#showHead(this.#state.head) : this.#leaveText();
    if (this.#options.family.messages !== undefined) this.#state = { in: 'head', head: '' };
    return left;
  }

  /** Under a grammar models spell tokens in plain pieces too. In a head that harms nobody: it holds no words of anyone. */
  #readHeadText(state: State & { readonly in: 'head' }, piece: string): ReplyPart[] {
    state.head += piece;
    const end = this.#options.family.messages?.headEnd;
    if (end === undefined) return [];
    const at = state.head.indexOf(end);
    // Half an end is waited for, so that the pieces make no difference.
    if ((at === -1 ? state.head.length - end.length : at) > longestHead) return this.#showHead(state.head);
    if (at === -1) return [];
    const rest = state.head.slice(at + end.length);
    const parts = this.#readHead(state.head.slice(0, at));
    return rest === '' ? parts : [...parts, ...this.text(rest)];
  }

  #readHead(head: string): ReplyPart[] {
    const { family, toolNames, areCallsHeld } = this.#options;
    const message: MessageKind = family.messages?.read(head) ?? { kind: 'text' };
    if (message.kind === 'thinking') return this.#become(thinking());
    if (message.kind === 'text' || !toolNames.has(message.name)) return this.#beginText();
    const { name } = message;
    if (areCallsHeld) {
      this.#state = { in: 'call', reader: new CallReader(family.calls, 'arguments'), from: { position: 'arguments', name } };
      return [this.#call(name)];
    }
    return this.#become({ in: 'loose-call', call: new LooseCall(family.calls.loose, toolNames, name), opening: '', before: '' });
  }

  #beginText(): ReplyPart[] {
    this.#state = this.#newText();
    return this.#isAfterText ? this.#shown('text', '\n\n') : [];
  }

  /** No head after all: a message without one is text, as it came. */
  #showHead(head: string): ReplyPart[] {
    return head.trim() === '' ? [] : [...this.#beginText(), ...this.text(head)];
  }

  /** Some models begin a call without closing their thinking first. */
  #openCall(opening: string): ReplyPart[] {
    if (this.#state.in === 'after-call') this.#state = this.#newText();
    const closed = this.closeThinking();
    if (this.#state.in !== 'text') return closed;
    this.#isCloseShown = false;
    const parts = [...closed, ...this.#leaveText()];
    if (!this.#options.areCallsHeld) return [...parts, ...this.#openLoose(opening, this.#state.text.flush(), '')];
    const reader = new CallReader(this.#options.family.calls, 'mark', this.#options.schemas);
    this.#state = { in: 'call', reader, from: { position: 'mark' } };
    return parts;
  }

  #openLoose(opening: string, before: string, body: string): ReplyPart[] {
    const { family, toolNames, schemas } = this.#options;
    this.#state = { in: 'loose-call', call: unheldCall(family.calls, toolNames, schemas), opening, before };
    return body === '' ? [] : this.text(body);
  }

  #closeCall(text: string): ReplyPart[] {
    if (this.#isCloseShown) {
      this.#isCloseShown = false;
      return this.text(text);
    }
    return this.#state.in === 'after-call' ? this.#become(this.#newText()) : [];
  }

  #readHeld(reader: CallReader, piece: string): ReplyPart[] {
    const parts = reader.push(piece).map((part): ReplyPart => {
      if (part.kind === 'name') return this.#call(part.name);
      return part.kind === 'arguments' ? part : { kind: 'call-end', rest: part.rest };
    });
    if (reader.isDone) this.#state = this.#newText();
    return parts;
  }

  /** A mark within a string of the arguments is part of it; elsewhere in the call the closing one ends it. */
  #markInLooseCall(call: UnheldCall, mark: Mark): ReplyPart[] {
    const { role } = mark;
    if (call.isInString || role === 'part' || role === 'thinking-open' || role === 'thinking-close') return this.text(mark.text);
    const parts = this.#finishLoose(call);
    return [...parts, ...this.mark(mark)];
  }

  #readLoose(): ReplyPart[] {
    if (this.#state.in !== 'loose-call') return [];
    const { call } = this.#state;
    return call.isComplete || call.isRefused ? this.#finishLoose(call) : [];
  }

  #finishLoose(call: UnheldCall): ReplyPart[] {
    const result = call.isRefused ? undefined : call.result();
    if (result === undefined) return this.#showLoose(call);
    const { rest } = call;
    this.#state = { in: 'after-call', held: '' };
    const parts: ReplyPart[] = [this.#call(result.name), { kind: 'arguments', json: result.json }, { kind: 'call-end', rest: '' }];
    return rest === '' ? parts : [...parts, ...this.text(rest)];
  }

  #cutLoose(call: UnheldCall): ReplyPart[] {
    const result = call.cutResult();
    if (result !== undefined) {
      return [this.#call(result.name), ...(result.json === '' ? [] : [{ kind: 'arguments', json: result.json } as const])];
    }
    // What can be no call any more has been shown already.
    return [];
  }

  /** No call after all: the text as it came. */
  #showLoose(call: UnheldCall): ReplyPart[] {
    if (this.#state.in !== 'loose-call') return [];
    const { opening, before } = this.#state;
    const { body, rest } = call;
    this.#isCloseShown = opening !== '';
    this.#isBeginning = false;
    const state = this.#newText(false);
    const shown = this.#shown('text', state.text.push(before + opening + body));
    this.#state = state;
    return rest === '' ? shown : [...shown, ...this.text(rest)];
  }

  #goOnAfterCall(after: AfterCall): ReplyPart[] {
    switch (after.next) {
      case 'unknown':
        return this.#become({ in: 'after-call', held: after.held });
      case 'call':
        return this.#openLoose(after.opening, '', after.body);
      case 'text':
        this.#state = this.#newText();
        return this.text(after.text);
      default:
        return after satisfies never;
    }
  }

  #call(name: string): ReplyPart {
    this.#isAfterText = false;
    this.#isBeginning = false;
    return { kind: 'call', name };
  }

  #shown(kind: 'text' | 'thinking', text: string): ReplyPart[] {
    if (text === '') return [];
    this.#isAfterText = kind === 'text';
    if (this.#isAfterText) this.#isBeginning = false;
    return [{ kind, text }];
  }
}

function thinking(label?: string): State {
  return { in: 'thinking', text: new TrimmedText(true, label) };
}
