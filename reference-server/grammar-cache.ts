/** Compiled grammars of recent requests: agents send the same tools and formats with every turn. */
import type { Llama, LlamaGrammar } from 'node-llama-cpp';

const mostKept = 16;

/** Of one engine: a grammar cannot be used with another one's models. */
export class GrammarCache {
  readonly #llama: Llama;
  readonly #grammars = new Map<string, LlamaGrammar>();

  constructor(llama: Llama) {
    this.#llama = llama;
  }

  /** The compiled grammar. Rejects where llama.cpp does not take the text. */
  async compile(text: string): Promise<LlamaGrammar> {
    const known = this.#grammars.get(text);
    if (known !== undefined) return known;
    const grammar = await this.#llama.createGrammar({ grammar: text });
    const oldest = this.#grammars.keys().next();
    if (this.#grammars.size >= mostKept && !oldest.done) this.#grammars.delete(oldest.value);
    this.#grammars.set(text, grammar);
    return grammar;
  }
}
