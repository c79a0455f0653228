/** What the journals of a mock and its scopes hold together: bounded, whoever holds it. */

/** Characters of all entries together, those of answers that are still sent included. */
const mostCharacters = 16 * 1024 * 1024;

/** A journal, as far as it can be made to forget. */
export interface Forgetful {
  /** When its oldest entry was written; undefined where there is none. */
  readonly oldest: number | undefined;
  dropOldest(): void;
}

export class Ledger {
  readonly #journals = new Set<Forgetful>();
  #held = 0;
  #entries = 0;

  /** The number of a new entry: later ones have higher ones, in whichever journal. */
  enter(journal: Forgetful): number {
    this.#journals.add(journal);
    this.#entries += 1;
    return this.#entries;
  }

  /** More is held now, or less. */
  add(characters: number): void {
    this.#held += characters;
    while (this.#held > mostCharacters && this.#dropOldest());
  }

  /** The journal holds nothing any more. */
  leave(journal: Forgetful): void {
    this.#journals.delete(journal);
  }

  /** Drops the oldest entry of all, but never the last one: it is the one that is being written. */
  #dropOldest(): boolean {
    let first: { readonly journal: Forgetful; readonly number: number } | undefined;
    for (const journal of this.#journals) {
      const { oldest } = journal;
      if (oldest !== undefined && (first === undefined || oldest < first.number)) first = { journal, number: oldest };
    }
    if (first === undefined || first.number === this.#entries) return false;
    first.journal.dropOldest();
    return true;
  }
}
