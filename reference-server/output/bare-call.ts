/** Finds calls that no mark announces: JSON at the start of a line that begins as a call does. Llama 3 writes them so. */

export class BareCallFinder {
  readonly #beginnings: readonly string[];
  #isAtLineStart: boolean;
  #held = '';

  /** `beginnings`: without white space, `{"name":` for example. */
  constructor(beginnings: readonly string[], isAtLineStart: boolean) {
    this.#beginnings = beginnings;
    this.#isAtLineStart = isAtLineStart;
  }

  /** The text that is none, and what has come of a call if one begins. What may become the beginning of one is held back. */
  push(piece: string): { readonly text: string; readonly call?: string } {
    if (this.#beginnings.length === 0) return { text: piece };
    const text = this.#held + piece;
    this.#held = '';
    let start = -1;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (start === -1) {
        if (this.#isAtLineStart && character === '{') start = at;
        else this.#follow(character);
        continue;
      }
      const compact = text.slice(start, at + 1).replaceAll(/\s/gu, '');
      if (this.#beginnings.some((beginning) => compact === beginning)) return { text: text.slice(0, start), call: text.slice(start) };
      if (this.#beginnings.some((beginning) => beginning.startsWith(compact))) continue;
      start = -1;
      this.#isAtLineStart = false;
      this.#follow(character);
    }
    if (start === -1) return { text };
    this.#held = text.slice(start);
    return { text: text.slice(0, start) };
  }

  /** What was held back and became no call. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #follow(character: string): void {
    this.#isAtLineStart = character === '\n' || (this.#isAtLineStart && character.trim() === '');
  }
}
