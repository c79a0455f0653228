/** Finds the call that no mark announces: JSON that begins as a call does, where the reply begins. Llama 3 writes it so. */

/** More white space than this within its beginning makes it no call: models that write nothing else must not be waited for. */
const mostSpace = 64;

export class BareCallFinder {
  readonly #beginnings: readonly string[];
  /** What may become a call: as it came, and without its white space. */
  #held = '';
  #compact = '';
  #isOver: boolean;

  /** `beginnings`: without white space, `{"name":` for example. None where no call can begin. */
  constructor(beginnings: readonly string[]) {
    this.#beginnings = beginnings;
    this.#isOver = beginnings.length === 0;
  }

  /** The text that is none, and what has come of a call if one begins. What may become the beginning of one is held back. */
  push(piece: string): { readonly text: string; readonly call?: string } {
    const start = this.#compact === '' ? piece.search(/\S/u) : 0;
    if (this.#isOver || start === -1) return { text: piece };
    const before = piece.slice(0, start);
    const fromHere = this.#held.length - start;
    this.#held += piece.slice(start);
    for (let at = start; at < piece.length; at += 1) {
      this.#compact += piece.charAt(at).trim();
      if (this.#beginnings.includes(this.#compact)) return { text: before, call: this.flush() };
      const hasSpace = fromHere + at + 1 - this.#compact.length > mostSpace;
      if (hasSpace || !this.#beginnings.some((beginning) => beginning.startsWith(this.#compact))) return { text: before + this.flush() };
    }
    return { text: before };
  }

  /** What was held back. Nothing is looked for any more. */
  flush(): string {
    this.#isOver = true;
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}
