/** Finds the mark that ends a text, and lets go of what is surely in front of it. */

export class TextEnd {
  readonly #end: string;
  #held = '';

  constructor(end: string) {
    this.#end = end;
  }

  /** The text that may leave now, and what follows the end where it came. */
  push(piece: string): { readonly text: string; readonly rest?: string } {
    const text = this.#held + piece;
    const at = text.indexOf(this.#end);
    if (at !== -1) return { text: text.slice(0, at), rest: text.slice(at + this.#end.length) };
    let keep = Math.min(this.#end.length - 1, text.length);
    while (!this.#end.startsWith(text.slice(text.length - keep))) keep -= 1;
    this.#held = text.slice(text.length - keep);
    return { text: text.slice(0, text.length - keep) };
  }
}

/** Text within a JSON string. */
export function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
