/** Finds a family's marks in text, for models that write them in plain pieces. Holds back what may become a mark. */
import type { Family } from '../families/family.ts';

/** A place in the output where thinking, a call or a message begins or ends. A `part` only counts within a call or a head. */
export interface Mark {
  readonly role: MarkRole;
  readonly text: string;
}

export type MarkRole =
  | 'thinking-open'
  | 'thinking-close'
  | 'call-open'
  | 'call-close'
  | 'around-calls'
  | 'head-open'
  | 'head-end'
  | 'message-end'
  | 'part';

/** The marks of a family. Those of calls are left out where nothing may be called: there they are text like any other. */
export function marksOf({ thinking, calls, messages }: Family, options: { readonly hasCalls: boolean }): readonly Mark[] {
  const found: [MarkRole, readonly (string | undefined)[]][] = [];
  if (messages === undefined) found.push(['thinking-open', [thinking?.open]], ['thinking-close', [thinking?.close]]);
  else found.push(['head-open', messages.opens], ['head-end', [messages.headEnd]], ['message-end', messages.ends]);
  if (options.hasCalls) found.push(['call-open', [calls.open]], ['call-close', [calls.close]], ['around-calls', calls.around ?? []]);
  if (options.hasCalls || messages !== undefined) found.push(['part', calls.others]);
  return found.flatMap(([role, texts]) => texts.filter((text) => text !== undefined).map((text) => ({ role, text })));
}

/** Text, or a mark. */
export type MarkedText = { readonly text: string } | { readonly mark: Mark };

/** Splits a text that arrives in pieces at its marks. The result does not depend on how it was cut into pieces. */
export class MarkScanner {
  readonly #marks: readonly Mark[];
  #held = '';

  constructor(marks: readonly Mark[]) {
    this.#marks = marks;
  }

  push(piece: string): MarkedText[] {
    const found: MarkedText[] = [];
    let rest = this.#held + piece;
    for (let next = this.#first(rest); next !== undefined; next = this.#first(rest)) {
      if (next.index > 0) found.push({ text: rest.slice(0, next.index) });
      found.push({ mark: next.mark });
      rest = rest.slice(next.index + next.mark.text.length);
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

  #first(text: string): { readonly index: number; readonly mark: Mark } | undefined {
    let first: { index: number; mark: Mark } | undefined;
    for (const mark of this.#marks) {
      const index = text.indexOf(mark.text);
      if (index !== -1 && (first === undefined || index < first.index)) first = { index, mark };
    }
    return first;
  }

  /** Length of the longest end of `text` that begins a mark. */
  #possibleBeginning(text: string): number {
    let longest = 0;
    for (const { text: mark } of this.#marks) {
      for (let length = Math.min(mark.length - 1, text.length); length > longest; length -= 1) {
        if (text.endsWith(mark.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
