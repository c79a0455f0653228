/** Finds the marks of thinking and tool calls in text, for models that write them in plain pieces. Holds back what may become a mark. */
import type { Delimiters } from './delimiters.ts';

/** A place in the output where thinking or a call begins or ends. */
export type Mark = 'thinking-open' | 'thinking-close' | 'call-open' | 'call-close';

/** The marks of a model by their text. */
export function markTexts(delimiters: Delimiters): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  if (delimiters.thinking !== undefined) {
    marks.set(delimiters.thinking.open, 'thinking-open');
    marks.set(delimiters.thinking.close, 'thinking-close');
  }
  if (delimiters.call !== undefined) {
    marks.set(delimiters.call.open, 'call-open');
    marks.set(delimiters.call.close, 'call-close');
  }
  return marks;
}

/** Text, or a mark. */
export type MarkedText = { readonly text: string } | { readonly mark: Mark };

/** Splits a text that arrives in pieces at its marks. The result does not depend on how it was cut into pieces. */
export class MarkScanner {
  readonly #marks: ReadonlyMap<string, Mark>;
  #held = '';

  constructor(marks: ReadonlyMap<string, Mark>) {
    this.#marks = marks;
  }

  push(piece: string): MarkedText[] {
    const found: MarkedText[] = [];
    let rest = this.#held + piece;
    for (let next = this.#first(rest); next !== undefined; next = this.#first(rest)) {
      if (next.index > 0) found.push({ text: rest.slice(0, next.index) });
      found.push({ mark: next.mark });
      rest = rest.slice(next.index + next.length);
    }
    const keep = this.#possibleBeginning(rest);
    this.#held = rest.slice(rest.length - keep);
    if (rest.length > keep) found.push({ text: rest.slice(0, rest.length - keep) });
    return found;
  }

  /** What was held back and became no mark. */
  flush(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #first(text: string): { index: number; length: number; mark: Mark } | undefined {
    let first: { index: number; length: number; mark: Mark } | undefined;
    for (const [markText, mark] of this.#marks) {
      const index = text.indexOf(markText);
      if (index !== -1 && (first === undefined || index < first.index)) first = { index, length: markText.length, mark };
    }
    return first;
  }

  /** Length of the longest end of `text` that begins a mark. */
  #possibleBeginning(text: string): number {
    let longest = 0;
    for (const markText of this.#marks.keys()) {
      for (let length = Math.min(markText.length - 1, text.length); length > longest; length -= 1) {
        if (text.endsWith(markText.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
