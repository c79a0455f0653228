/** Text without the white space that a model's format puts around thinking and calls. */

/** Drops white space at the beginning where told to, and holds it back at the end until more text shows that it belongs inside. */
export class TrimmedText {
  #atStart: boolean;
  /** What may become the word that is left out. */
  #label: { readonly word: string; readonly held: string } | undefined;
  #held = '';

  /** `label`: a word in front of the text that is left out as well. */
  constructor(trimStart: boolean, label?: string) {
    this.#atStart = trimStart;
    this.#label = label === undefined ? undefined : { word: label, held: '' };
  }

  /** The text that may leave now. */
  push(piece: string): string {
    const labelled = this.#withoutLabel(piece);
    const text = this.#atStart ? labelled.trimStart() : labelled;
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

  #withoutLabel(piece: string): string {
    if (this.#label === undefined) return piece;
    const { word } = this.#label;
    const text = (this.#label.held + piece).trimStart();
    this.#label = word.startsWith(text) && text !== word ? { word, held: text } : undefined;
    if (this.#label !== undefined) return '';
    return text.startsWith(word) ? text.slice(word.length) : text;
  }

  /** The white space at the end, for a text that no mark followed. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}
