/** Text without the white space that a model's format puts around thinking and calls. */

/** Drops white space at the beginning where told to, and holds it back at the end until more text shows that it belongs inside. */
export class TrimmedText {
  #atStart: boolean;
  #held = '';

  constructor(trimStart: boolean) {
    this.#atStart = trimStart;
  }

  /** The text that may leave now. */
  push(piece: string): string {
    const text = this.#atStart ? piece.trimStart() : piece;
    if (text === '') return '';
    this.#atStart = false;
    const kept = text.trimEnd();
    if (kept === '') {
      this.#held += text;
      return '';
    }
    const whole = this.#held + kept;
    this.#held = text.slice(kept.length);
    return whole;
  }

  /** The white space at the end, for a text that no mark followed. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}
