/** From tokens to backend events, and what the model has to be told meanwhile: marks that the server writes in its place. */
import type { Token } from 'node-llama-cpp';
import type { BackendEvent } from '../endpoint/backend.ts';
import type { LoadedModel } from './model.ts';
import { type Mark, type MarkedText, marksOf, MarkScanner } from './output/marks.ts';
import { ReplyEvents } from './output/reply-events.ts';
import { ReplyParser } from './output/reply-parser.ts';
import type { HeldFrom, ReplyPart } from './output/reply-part.ts';
import { TokenText } from './output/token-text.ts';
import { isCallHeld, type ReplyPlan } from './prompt/reply-plan.ts';

export class ReplyDecoder {
  readonly #model: LoadedModel;
  readonly #plan: ReplyPlan;
  readonly #markTokens = new Map<Token, Mark>();
  readonly #ends: ReadonlySet<Token>;
  readonly #scanner: MarkScanner;
  /**
   * At the beginning of a reply that a grammar lets be JSON or a call: under it, models spell marks in plain pieces too. Further on they
   * may stand in a string of the JSON.
   */
  #opening: MarkScanner | undefined;
  readonly #parser: ReplyParser;
  readonly #events: ReplyEvents;
  readonly #text: TokenText;
  #thinkingTokens = 0;

  constructor(model: LoadedModel, plan: ReplyPlan, stopSequences: readonly string[]) {
    this.#model = model;
    this.#plan = plan;
    const { family, vocabulary } = model;
    const inText: Mark[] = [];
    const marks = marksOf(family, { hasCalls: plan.callable.length > 0 });
    for (const mark of marks) {
      const token = vocabulary.specialToken(mark.text);
      // A mark that is a token of its own counts only as that token: the same characters in plain pieces are text.
      if (token !== undefined) this.#markTokens.set(token, mark);
      else if (mark.role !== 'part') inText.push(mark);
    }
    this.#ends = new Set(family.ends.map((text) => vocabulary.specialToken(text)).filter((token) => token !== undefined));
    this.#scanner = new MarkScanner(inText);
    if (plan.format !== undefined)
      this.#opening = new MarkScanner(marks.filter(({ role }) => role === 'call-open' || role === 'around-calls'));
    const detokenize = (tokens: readonly Token[], before: readonly Token[]): string =>
      model.llama.detokenize([...tokens], false, [...before]);
    this.#text = new TokenText(detokenize, plan.isContinued ? plan.tokens : []);
    this.#events = new ReplyEvents(stopSequences);
    this.#parser = new ReplyParser({
      family,
      start: plan.start,
      areCallsHeld: isCallHeld(model),
      toolNames: new Set(plan.callable.map((tool) => tool.name)),
      schemas: new Map(plan.callable.map((tool) => [tool.name, tool.input_schema])),
    });
  }

  get matchedStop(): string | undefined {
    return this.#events.matched;
  }

  get finishedCalls(): number {
    return this.#events.finishedCalls;
  }

  get isInCall(): boolean {
    return this.#parser.isInCall;
  }

  /** Where a grammar has to take over in the call that is open, or in the list of calls. */
  get heldFrom(): HeldFrom | undefined {
    return this.#parser.heldFrom;
  }

  get isThinking(): boolean {
    return this.#parser.isThinking;
  }

  get thinkingTokens(): number {
    return this.#thinkingTokens;
  }

  /** Whether the model ends its reply with this token. */
  isEnd(token: Token): boolean {
    return this.#ends.has(token) || this.#model.llama.isEogToken(token);
  }

  /** What the prompt already began: the call of a forced tool. */
  begin(): BackendEvent[] {
    const { startedCall } = this.#plan;
    return startedCall === undefined ? [] : this.#accept([{ kind: 'call', name: startedCall }]);
  }

  /** The events that one more token brings. */
  push(token: Token): BackendEvent[] {
    if (this.#parser.isThinking) this.#thinkingTokens += 1;
    const mark = this.#markTokens.get(token);
    return this.#accept(mark === undefined ? this.#parse(this.#text.push(token)) : [...this.#flushText(), ...this.#parser.mark(mark)]);
  }

  /** Tokens that the server writes after a finished call: the end is always the same. */
  endOfCall(): Token[] {
    const { suffix } = this.#model.family.calls;
    return this.#model.vocabulary.tokenize([{ kind: 'markup', text: suffix.slice(this.#events.restOfCall.length) }]);
  }

  /** Where thinking has used its budget: it is closed, and these tokens say so to the model. */
  endOfThinking(): { readonly events: BackendEvent[]; readonly tokens: Token[] } | undefined {
    const { thinking } = this.#model.family;
    const budget = Math.min(this.#plan.thinkingBudget, this.#model.replyLimits.thinking);
    if (thinking === undefined || !this.#parser.isThinking || this.#thinkingTokens < budget) return undefined;
    const events = this.#accept([...this.#flushText(), ...this.#parser.closeThinking()]);
    return { events, tokens: this.#model.vocabulary.tokenize([{ kind: 'markup', text: thinking.closing }]) };
  }

  /** What is left when no more tokens come. `isCut`: the model had not come to its end. */
  end(options: { readonly isCut: boolean }): BackendEvent[] {
    // Half a mark is no part of a call.
    if (options.isCut && this.#parser.isInCall) this.#scanner.flush();
    const parts = [...this.#flushText(), ...this.#parser.end(options)];
    return [...this.#accept(parts), ...this.#events.end()];
  }

  /** Models that cannot be kept from thinking keep it to themselves where nobody asked for it. */
  #accept(parts: readonly ReplyPart[]): BackendEvent[] {
    return this.#events.accept(this.#plan.mayThink ? parts : parts.filter(({ kind }) => kind !== 'thinking' && kind !== 'thinking-end'));
  }

  #parse(text: string): ReplyPart[] {
    if (text === '') return [];
    if (this.#opening === undefined || this.#parser.isThinking) return this.#dispatch(this.#scanner.push(text));
    const found = this.#opening.push(text);
    const hasBegun = found.some((one) => ('mark' in one ? one.mark.role === 'call-open' : one.text.trim() !== ''));
    return [...this.#dispatch(found), ...(hasBegun ? this.#parse(this.#endOpening()) : [])];
  }

  #dispatch(found: readonly MarkedText[]): ReplyPart[] {
    return found.flatMap((one) => ('mark' in one ? this.#parser.mark(one.mark) : this.#parser.text(one.text)));
  }

  #endOpening(): string {
    const held = this.#opening?.flush() ?? '';
    this.#opening = undefined;
    return held;
  }

  #flushText(): ReplyPart[] {
    const parts = [...this.#parse(this.#text.flush()), ...(this.#parser.isThinking ? [] : this.#parse(this.#endOpening()))];
    const held = this.#scanner.flush();
    return held === '' ? parts : [...parts, ...this.#parser.text(held)];
  }
}
