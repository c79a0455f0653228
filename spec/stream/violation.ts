// A breach of the stream grammar, and the list in which they are gathered.
import type { GrammarRule, GrammarState } from './grammar.ts';

/** A breach of one rule of the stream grammar. */
export interface Violation {
  /** Index into the events; the number of events for what is missing at the end. */
  readonly at: number;
  /** Id of the broken rule; `grammarRules` has its sentence. */
  readonly rule: GrammarRule;
  /** State in which the event came. */
  readonly state: GrammarState;
  readonly expected: string;
  readonly found: string;
}

/** Gathers violations and drops repetitions of one mistake. */
export class ViolationLog {
  readonly #violations: Violation[] = [];
  readonly #seen = new Set<string>();

  /** Adds a violation, unless one of this rule and subject is there. Without a subject the place itself tells them apart. */
  add(at: number, rule: GrammarRule, state: GrammarState, expected: string, found: string, subject: string = String(at)): void {
    const key = `${rule} ${subject}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#violations.push({ at, rule, state, expected, found });
  }

  /** All violations, in order of place; those of one place in order of discovery. */
  sorted(): readonly Violation[] {
    return this.#violations.sort((a, b) => a.at - b.at);
  }
}
