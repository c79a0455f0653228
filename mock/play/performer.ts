/** Plays the parts of a script under the limits of a request: cut by `max_tokens` and by stop sequences, with usage that adds up. */
import type { Usage } from '../../spec/index.ts';
import { createStopMatcher, type BackendEvent, type StopMatcher } from '../../endpoint/index.ts';
import { textOf, tokensIn } from '../script/deltas.ts';
import { isBreak, type Delta, type Part, type TextPart, type ThinkingPart, type ToolPart } from '../script/part.ts';
import type { Stop } from '../script/stop.ts';
import { signatureOf } from '../signature.ts';
import type { Cue } from './cue.ts';

export interface Limits {
  readonly maxTokens: number;
  readonly stopSequences: readonly string[];
}

/** Some text, and how many tokens it costs. */
interface Piece {
  readonly text: string;
  readonly tokens: number;
}

/** What the script says about the end; asked when the end has come. */
export interface Closing {
  readonly stopped: Stop | undefined;
  readonly usage: Partial<Usage>;
}

export class Performer {
  readonly #maxTokens: number;
  readonly #matcher: StopMatcher | undefined;
  /** Nobody will see the pieces, so they need not be cut. */
  readonly #isWhole: boolean;
  #spent = 0;
  #thinkingTokens: number | undefined;
  #hasCalls = false;
  #cut: Stop | undefined;
  #isBroken = false;

  constructor({ maxTokens, stopSequences }: Limits, { isWhole }: { readonly isWhole: boolean }) {
    this.#maxTokens = maxTokens;
    this.#matcher = stopSequences.length > 0 ? createStopMatcher(stopSequences) : undefined;
    this.#isWhole = isWhole;
  }

  /** Whether nothing that follows would be said: a limit was met, or the answer has broken off. */
  get isOver(): boolean {
    return this.#cut !== undefined || this.#isBroken;
  }

  /** The cues of a part; none once it is over. */
  *perform(part: Part): Generator<Cue, void> {
    if (this.isOver) return;
    if (part.type === 'text') {
      yield* this.#text(part);
      return;
    }
    yield* this.#flush();
    if (part.type === 'thinking') yield* this.#thinking(part);
    else if (part.type === 'tool') yield* this.#tool(part);
    else if (part.type === 'whole') yield { type: 'event', event: { type: 'block', block: part.block }, tokens: 0 };
    else {
      this.#isBroken = isBreak(part);
      yield part;
    }
  }

  /** The end; nothing where the answer has broken off. */
  *finish({ stopped, usage }: Closing): Generator<Cue, void> {
    if (this.#isBroken) return;
    yield* this.#flush();
    const { reason, sequence, details } = this.#cut ?? stopped ?? { reason: this.#hasCalls ? 'tool_use' : 'end_turn' };
    const event: BackendEvent = {
      type: 'stop',
      reason,
      outputTokens: this.#spent,
      usage,
      ...(sequence !== undefined && { stopSequence: sequence }),
      ...(details !== undefined && { details }),
      ...(this.#thinkingTokens !== undefined && { thinkingTokens: this.#thinkingTokens }),
    };
    yield { type: 'event', event, tokens: 0 };
  }

  *#text({ deltas, opens, citations }: TextPart): Generator<Cue, void> {
    if (opens) yield* this.#flush();
    let isFirst = opens;
    for (const { text: whole, tokens } of this.#fitting(deltas)) {
      const { text, matched } = this.#matcher?.push(whole) ?? { text: whole };
      const event: BackendEvent = isFirst ? { type: 'text', text, opens: true } : { type: 'text', text };
      yield { type: 'event', event, tokens };
      isFirst &&= text === '';
      if (matched === undefined) continue;
      this.#cut = { reason: 'stop_sequence', sequence: matched };
      return;
    }
    if (this.#cut !== undefined || citations.length > 0) yield* this.#flush();
    if (this.#cut !== undefined) return;
    for (const citation of citations) yield { type: 'event', event: { type: 'citation', citation }, tokens: 0 };
  }

  *#thinking({ deltas, signature }: ThinkingPart): Generator<Cue, void> {
    const before = this.#spent;
    let isBegun = false;
    let said = '';
    for (const { text, tokens } of this.#fitting(deltas)) {
      isBegun = true;
      said += text;
      yield { type: 'event', event: { type: 'thinking', thinking: text }, tokens };
    }
    this.#thinkingTokens = (this.#thinkingTokens ?? 0) + this.#spent - before;
    // No block, no signature; but an omitted thought is a block of a signature alone.
    if (!isBegun && this.#cut !== undefined) return;
    if (!isBegun) yield { type: 'event', event: { type: 'thinking', thinking: '' }, tokens: 0 };
    // A thought that was cut is signed as far as it was said, so that it can be sent back.
    const isOurs = this.#cut !== undefined && signature === signatureOf(textOf(deltas));
    yield { type: 'event', event: { type: 'signature', signature: isOurs ? signatureOf(said) : signature }, tokens: 0 };
  }

  /** The head of a call costs a token, so that a call without arguments is not free. */
  *#tool({ block, id, fragments }: ToolPart): Generator<Cue, void> {
    if (this.#spent >= this.#maxTokens) {
      this.#cut = { reason: 'max_tokens' };
      return;
    }
    this.#spent += 1;
    this.#hasCalls ||= block.type === 'tool_use';
    const event: BackendEvent = { type: 'tool-start', name: block.name, template: block, ...(id !== undefined && { id }) };
    yield { type: 'event', event, tokens: 1 };
    for (const { text, tokens } of this.#fitting(fragments)) {
      yield { type: 'event', event: { type: 'tool-input', json: text }, tokens };
    }
  }

  /** The deltas for which there is budget, the last one perhaps cut; sets `#cut` where it does not suffice. */
  *#fitting(deltas: readonly Delta[]): Generator<Piece, void> {
    if (this.#isWhole && this.#matcher === undefined && deltas.length > 1) {
      const tokens = tokensIn(deltas);
      if (this.#spent + tokens <= this.#maxTokens) {
        this.#spent += tokens;
        yield { text: textOf(deltas), tokens };
        return;
      }
    }
    for (const delta of deltas) {
      const left = this.#maxTokens - this.#spent;
      if (delta.tokens.length <= left) {
        this.#spent += delta.tokens.length;
        yield { text: delta.text, tokens: delta.tokens.length };
        // A stop sequence was met in what has just been said.
        if (this.#cut !== undefined) return;
        continue;
      }
      const tokens = delta.tokens.slice(0, left);
      this.#spent += tokens.length;
      this.#cut = { reason: 'max_tokens' };
      if (tokens.length > 0) yield { text: tokens.join(''), tokens: tokens.length };
      return;
    }
  }

  /** What was held back because a stop sequence might have begun in it. */
  *#flush(): Generator<Cue, void> {
    const text = this.#matcher?.flush() ?? '';
    if (text !== '') yield { type: 'event', event: { type: 'text', text }, tokens: 0 };
  }
}
