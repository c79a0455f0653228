/** Keeps the page at a size that opens: parts are taken in their order until the room is used. */
import type { Markup } from './markup.ts';

export class PageBudget {
  #left: number;

  /** @param characters room in all */
  constructor(characters: number) {
    this.#left = characters;
  }

  /** The part, or undefined where there is no room left for any. */
  take(make: () => Markup): Markup | undefined {
    if (this.#left <= 0) return undefined;
    const part = make();
    if (part.text.length > this.#left) return undefined;
    this.#left -= part.text.length;
    return part;
  }
}
