/** Findings and verdicts: what judging a check leaves in the run record. */

/** How strong a requirement is: a failed `should` is a warning, a failed `may` information. */
export type Level = 'must' | 'should' | 'may';

/** Where in the server's stack a fault sits: the lowest layer that could have caused it. */
export type Layer = 'transport' | 'http' | 'sse' | 'order' | 'schema' | 'semantics';

/** Where a finding is: a place in one exchange. */
export interface Place {
  readonly exchange: string;
  /** Address of a step that sent it, for people. */
  readonly address?: string;
  /** JSON Pointer into the response body, or into the frame's data. */
  readonly pointer?: string;
  /** Number of the frame in its stream, from 0. */
  readonly frame?: number;
  /** Byte offset in the response body. */
  readonly offset?: number;
}

/** One observed deviation: evidence, not opinion. */
export interface Finding {
  readonly at?: Place;
  readonly expected: string;
  readonly found: string;
}

/**
 * `pass`, `fail` (a must), `warn` (a should), `info` (a may), `inconclusive` (the evidence could not be had: the
 * model did not cooperate, the control was refused, a lower layer is broken), `unsupported` (honestly refused optional part),
 * `not-applicable` (nothing of the kind can occur here), `skipped` (not selected, no budget, server gone), `harness-error` (our fault).
 */
export type Outcome = 'pass' | 'fail' | 'warn' | 'info' | 'inconclusive' | 'unsupported' | 'not-applicable' | 'skipped' | 'harness-error';

export interface Verdict {
  readonly check: string;
  readonly level: Level;
  readonly outcome: Outcome;
  /** Exchanges, or scenarios, that were judged pass or fail. */
  readonly judged: number;
  /** Empty unless the outcome is fail, warn or info; at most 20 are kept, `findingsTotal` counts all. */
  readonly findings: readonly Finding[];
  readonly findingsTotal: number;
  /** Why, for every outcome other than pass, fail, warn and info. */
  readonly reason?: string;
  /** Shown, but not gating: the baseline lists all that was found. */
  readonly known?: { readonly reason: string; readonly link?: string; readonly expires?: string };
  /** Shown, but not gating: the check itself is in doubt. */
  readonly quarantined?: { readonly reason: string; readonly link: string };
}
