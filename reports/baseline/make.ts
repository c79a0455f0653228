/** A baseline from a run: what failed, and of the baseline that the run had, what still holds or could not be judged. */
import type { Baseline, BaselineEntry, RunRecord } from '../../spec/record/index.ts';

/**
 * Entries are about checks, not addresses: which exchange shows a fault first may change from run to run. A person may narrow them.
 * Failed `may` checks never gate, so they are left out.
 */
export function baselineOf({ verdicts, baseline, startedAt }: RunRecord): Baseline {
  const kept = (baseline?.entries ?? [])
    // An expired entry would go on gating: who writes a baseline has looked at it again, so it is made anew, without a date.
    .filter(({ state }) => state === 'known' || state === 'not-judged')
    .map(({ state: _state, ...entry }): BaselineEntry => entry);
  const before = new Map((baseline?.entries ?? []).map((entry) => [entry.check, entry]));
  const found = verdicts
    .filter(
      ({ outcome, known, quarantined }) => (outcome === 'fail' || outcome === 'warn') && known === undefined && quarantined === undefined,
    )
    .map(({ check }): BaselineEntry => {
      const { reason = `Failed in the run of ${startedAt.slice(0, 10)}.`, link } = before.get(check) ?? {};
      return link === undefined ? { check, reason } : { check, reason, link };
    });
  const isCovered = new Set(found.map(({ check }) => check));
  return {
    format: 'messages-conformance/baseline',
    formatVersion: 1,
    // Where an entry by address no longer covers all of a check's findings, one without address takes its place.
    entries: [...kept.filter(({ check }) => !isCovered.has(check)), ...found],
  };
}

/** The file's text. */
export function baselineText(baseline: Baseline): string {
  return `${JSON.stringify(baseline, undefined, 2)}\n`;
}
