/** Baselines: failures that are known, and what a run found about each of them. The file's schema is `spec/schemas/baseline.json`. */

/** A failure that somebody has looked at. */
export interface BaselineEntry {
  /** Id of the check. */
  readonly check: string;
  /** Address of a step: only what is found there is known. Absent: wherever the check fails. */
  readonly address?: string;
  readonly reason: string;
  /** Where it is tracked. */
  readonly link?: string;
  /** Last day on which the entry holds, `2026-12-31` (UTC). Absent: it holds until it is taken out. */
  readonly expires?: string;
}

/** The file. */
export interface Baseline {
  readonly format: 'messages-conformance/baseline';
  readonly formatVersion: 1;
  readonly entries: readonly BaselineEntry[];
}

/**
 * What a run found: `known` (it still fails, and does not gate), `expired` (it still fails, and gates again), `stale` (it no longer
 * fails: the entry can go), `not-judged` (this run cannot say).
 */
export type BaselineState = 'known' | 'expired' | 'stale' | 'not-judged';

/** The baseline in the run record. */
export interface AppliedBaseline {
  /** Path of the file as it was given. */
  readonly file?: string;
  /** Whether stale entries make exit 1. */
  readonly strict: boolean;
  readonly entries: readonly (BaselineEntry & { readonly state: BaselineState })[];
}
