/** From tokens to backend events, and what the model has to be told meanwhile: marks that the server writes in its place. */
import type { Token } from 'node-llama-cpp';
import type { BackendEvent } from '../endpoint/backend.ts';
import type { LoadedModel } from './model.ts';
import { type Mark, markTexts, MarkScanner } from './output/marks.ts';
import { ReplyEvents } from './output/reply-events.ts';
import { ReplyParser, type ReplyPart } from './output/reply-parser.ts';
import { TokenText } from './output/token-text.ts';
import type { ReplyPlan } from './prompt/reply-plan.ts';

export class ReplyDecoder {
  readonly #model: LoadedModel;
  readonly #plan: ReplyPlan;
  readonly #markTokens = new Map<Token, Mark>();
  readonly #scanner: MarkScanner;
  readonly #parser: ReplyParser;
  readonly #events: ReplyEvents;
  readonly #text: TokenText;
  #thinkingTokens = 0;

  constructor(model: LoadedModel, plan: ReplyPlan, stopSequences: readonly string[]) {
    this.#model = model;
    this.#plan = plan;
    const { call, ...withoutCalls } = model.delimiters;
    const delimiters = call === undefined || plan.callable.length === 0 ? withoutCalls : model.delimiters;
    const inText = new Map<string, Mark>();
    for (const [text, mark] of markTexts(delimiters)) {
      const token = model.vocabulary.specialToken(text);
      // A mark that is a token of its own counts only as that token: the same characters in plain pieces are text.
      if (token === undefined) inText.set(text, mark);
      else this.#markTokens.set(token, mark);
    }
    this.#scanner = new MarkScanner(inText);
    this.#text = new TokenText((tokens, before) => model.llama.detokenize([...tokens], false, [...before]));
    this.#events = new ReplyEvents(stopSequences);
    this.#parser = new ReplyParser({
      delimiters,
      start: plan.start,
      areCallsGuarded: call !== undefined && !inText.has(call.open),
      toolNames: new Set(plan.callable.map((tool) => tool.name)),
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

  get isInGuardedCall(): boolean {
    return this.#parser.isInGuardedCall;
  }

  get isThinking(): boolean {
    return this.#parser.isThinking;
  }

  get thinkingTokens(): number {
    return this.#thinkingTokens;
  }

  /** What the prompt already began: the call of a forced tool. */
  begin(): BackendEvent[] {
    const { startedCall } = this.#plan;
    return startedCall === undefined ? [] : this.#events.accept([{ kind: 'call', name: startedCall }]);
  }

  /** The events that one more token brings. */
  push(token: Token): BackendEvent[] {
    if (this.#parser.isThinking) this.#thinkingTokens += 1;
    const mark = this.#markTokens.get(token);
    return this.#events.accept(
      mark === undefined ? this.#parse(this.#text.push(token)) : [...this.#flushText(), ...this.#parser.mark(mark)],
    );
  }

  /** Tokens that the server writes after a finished call: the end is always the same. */
  endOfCall(): Token[] {
    const suffix = this.#model.delimiters.call?.suffix ?? '';
    return this.#model.vocabulary.tokenize([{ kind: 'markup', text: suffix.slice(this.#events.restOfCall.length) }]);
  }

  /** Where thinking has used its budget: it is closed, and these tokens say so to the model. */
  endOfThinking(): { readonly events: BackendEvent[]; readonly tokens: Token[] } | undefined {
    const { thinking } = this.#model.delimiters;
    if (thinking === undefined || !this.#parser.isThinking || this.#thinkingTokens < this.#plan.thinkingBudget) return undefined;
    const events = this.#events.accept([...this.#flushText(), ...this.#parser.mark('thinking-close')]);
    return { events, tokens: this.#model.vocabulary.tokenize([{ kind: 'markup', text: thinking.closing }]) };
  }

  /** What is left when no more tokens come. */
  end(): BackendEvent[] {
    const parts = [...this.#flushText(), ...this.#parser.end()];
    return [...this.#events.accept(parts), ...this.#events.end()];
  }

  #parse(text: string): ReplyPart[] {
    if (text === '') return [];
    return this.#scanner.push(text).flatMap((found) => ('mark' in found ? this.#parser.mark(found.mark) : this.#parser.text(found.text)));
  }

  #flushText(): ReplyPart[] {
    const parts = this.#parse(this.#text.flush());
    const held = this.#scanner.flush();
    return held === '' ? parts : [...parts, ...this.#parser.text(held)];
  }
}
