/** Holds what a model writes to its form by a grammar: the calls of offered tools, and replies of which the request gives the format. */
import type { LlamaGrammar, LlamaGrammarEvaluationState } from 'node-llama-cpp';
import { replyGrammar } from './grammar/reply-grammar.ts';
import { SchemaError } from './grammar/schema-error.ts';
import { callGrammar, type CallPosition } from './grammar/tool-grammar.ts';
import type { LoadedModel } from './model.ts';
import { refusal } from './prompt/refusal.ts';
import type { ReplyPlan } from './prompt/reply-plan.ts';

/** Where the model is held: from the first character of its reply, or somewhere in a call. */
export type GuardPosition = 'reply' | CallPosition;

export class GrammarGuard {
  readonly #model: LoadedModel;
  readonly #plan: ReplyPlan;
  #state: LlamaGrammarEvaluationState | undefined;

  constructor(model: LoadedModel, plan: ReplyPlan) {
    this.#model = model;
    this.#plan = plan;
  }

  /** For `sequence.evaluate`, which asks before every token. A state belongs to one stretch of text: a fresh one per token would forget what came. */
  readonly state = (): LlamaGrammarEvaluationState | undefined => this.#state;

  get isOn(): boolean {
    return this.#state !== undefined;
  }

  /** Compiles the grammars that were promised. @throws ApiError 400 where llama.cpp does not take one, for its size for example. */
  async prepare(): Promise<void> {
    const { format, callable } = this.#plan;
    if (format !== undefined) await this.#promised('reply', 'output_config.format.schema');
    if (callable.some(({ strict }) => strict === true)) await this.#promised('mark', 'tools');
  }

  async switchOn(position: GuardPosition): Promise<void> {
    const grammar = await this.#grammar(position);
    this.#state = new this.#model.engine.module.LlamaGrammarEvaluationState({ model: this.#model.llama, grammar });
  }

  switchOff(): void {
    this.#state = undefined;
  }

  async #promised(position: GuardPosition, where: string): Promise<void> {
    try {
      await this.#model.grammars.compile(this.#text(position));
    } catch (error) {
      const reason = error instanceof SchemaError ? `: ${error.message}` : '';
      throw refusal(where, `this server cannot hold the model to this schema${reason}`);
    }
  }

  async #grammar(position: GuardPosition): Promise<LlamaGrammar> {
    try {
      return await this.#model.grammars.compile(this.#text(position));
    } catch {
      // A schema may make a grammar that llama.cpp refuses: where nothing was promised, any JSON object will do.
      return this.#model.grammars.compile(this.#text(position, true));
    }
  }

  #text(position: GuardPosition, isLoose = false): string {
    const { grammarLimits: limits, delimiters } = this.#model;
    const { callable, format, start } = this.#plan;
    const { call: syntax } = delimiters;
    if (position === 'reply') {
      const calls = syntax === undefined || callable.length === 0 ? {} : { calls: { tools: callable, syntax } };
      return replyGrammar({ schema: format ?? {}, ...calls, mayLead: start === 'thinking' }, limits);
    }
    if (syntax === undefined) throw new Error('A call can only be held where the model has a syntax for calls.');
    return callGrammar(callable, syntax, position, { limits, isLoose });
  }
}
