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

  /** `name`: the tool whose name has been written already, where its arguments come next. */
  async switchOn(position: GuardPosition, name?: string): Promise<void> {
    const grammar = await this.#grammar(position, name);
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

  async #grammar(position: GuardPosition, name: string | undefined): Promise<LlamaGrammar> {
    try {
      return await this.#model.grammars.compile(this.#text(position, name));
    } catch {
      // A schema may make a grammar that llama.cpp refuses: where nothing was promised, any JSON object will do.
      return this.#model.grammars.compile(this.#text(position, name, true));
    }
  }

  #text(position: GuardPosition, name?: string, isLoose = false): string {
    const { grammarLimits: limits, family } = this.#model;
    const { callable, format, start } = this.#plan;
    if (position === 'reply') {
      const isLed = start === 'thinking';
      return replyGrammar({ schema: format ?? {}, family, tools: callable, isLed }, limits);
    }
    const tools = name === undefined ? callable : callable.filter((tool) => tool.name === name);
    return callGrammar(tools, family.calls, position, { limits, isLoose });
  }
}
