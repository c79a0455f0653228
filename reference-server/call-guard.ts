/** Holds tool calls to their form: from the opening mark on, a grammar admits only offered tools and arguments of their schema. */
import type { LlamaGrammar, LlamaGrammarEvaluationState } from 'node-llama-cpp';
import type { CustomTool } from '../spec/index.ts';
import { callGrammar, type CallPosition } from './grammar/tool-grammar.ts';
import type { LoadedModel } from './model.ts';
import type { CallDelimiters } from './output/delimiters.ts';

export class CallGuard {
  readonly #model: LoadedModel;
  readonly #tools: readonly CustomTool[];
  readonly #syntax: CallDelimiters;
  #state: LlamaGrammarEvaluationState | undefined;

  constructor(model: LoadedModel, tools: readonly CustomTool[], syntax: CallDelimiters) {
    this.#model = model;
    this.#tools = tools;
    this.#syntax = syntax;
  }

  /** For `sequence.evaluate`, which asks before every token. A state belongs to one call: a fresh one per token would forget what came. */
  readonly state = (): LlamaGrammarEvaluationState | undefined => this.#state;

  get isOn(): boolean {
    return this.#state !== undefined;
  }

  async switchOn(position: CallPosition): Promise<void> {
    const grammar = await this.#grammar(position);
    this.#state = new this.#model.engine.module.LlamaGrammarEvaluationState({ model: this.#model.llama, grammar });
  }

  switchOff(): void {
    this.#state = undefined;
  }

  async #grammar(position: CallPosition): Promise<LlamaGrammar> {
    const limits = this.#model.grammarLimits;
    try {
      return await this.#model.grammars.compile(callGrammar(this.#tools, this.#syntax, position, { limits }));
    } catch {
      // A schema may make a grammar that llama.cpp refuses, for its size for example: then any JSON object will do.
      return this.#model.grammars.compile(callGrammar(this.#tools, this.#syntax, position, { limits, isLoose: true }));
    }
  }
}
