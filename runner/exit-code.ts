/** Exit codes, in their precedence: 2 configuration, 4 harness, 1 not conformant, 3 nothing could be said, 0. */
import type { Ended, Outcome, Totals, Verdict } from '../spec/index.ts';

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

export interface RunEnd {
  readonly ended: Ended;
  /** A configuration mistake that preflight found: unknown model, key missing or wrong. */
  readonly misconfigured?: boolean;
  /** Never reached at all: refused, DNS, TLS. */
  readonly unreachable?: boolean;
  /** Whether any request for a message was accepted: without that, nothing was said about the API. */
  readonly isAnswered: boolean;
  /** Whether the client that the run gates on cannot be used. */
  readonly isClientUnready?: boolean;
  /** Whether entries of the baseline are out of date, and that is asked for to be an error. */
  readonly isBaselineStale?: boolean;
  /** Whether the server refuses an optional part that the run requires. */
  readonly isPartRefused?: boolean;
}

export function exitCodeOf(
  verdicts: readonly Verdict[],
  { ended, misconfigured, unreachable, isAnswered, isClientUnready, isBaselineStale, isPartRefused }: RunEnd,
  failOn: 'must' | 'should',
): ExitCode {
  if (ended === 'interrupted') return 130;
  if (misconfigured === true) return 2;
  const gating = verdicts.filter(({ quarantined, known }) => quarantined === undefined && known === undefined);
  const has = (outcome: Outcome): boolean => gating.some((verdict) => verdict.outcome === outcome);
  if (verdicts.some(({ outcome }) => outcome === 'harness-error')) return 4;
  const isHeldUp = isClientUnready === true || isBaselineStale === true || isPartRefused === true;
  if (isHeldUp || has('fail') || (failOn === 'should' && has('warn'))) return 1;
  if (unreachable === true) return 3;
  if (ended === 'server-gone') return 1;
  // What a time limit cut short was not found conformant as asked.
  if (ended === 'max-time' || !isAnswered) return 3;
  // A known failure is a judgement too.
  return has('pass') || has('warn') || verdicts.some(({ known }) => known !== undefined) ? 0 : 3;
}

export function totalsOf(verdicts: readonly Verdict[]): Totals {
  const totals: Record<Outcome, number> = {
    pass: 0,
    fail: 0,
    warn: 0,
    info: 0,
    inconclusive: 0,
    unsupported: 0,
    'not-applicable': 0,
    skipped: 0,
    'harness-error': 0,
  };
  for (const { outcome } of verdicts) totals[outcome] += 1;
  return totals;
}
