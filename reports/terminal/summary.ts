/** The last two lines of every run. Their form is fixed: people grep for it. */
import type { Outcome, RunRecord } from '../../spec/record/index.ts';

/** Outcomes that come from evidence. */
const judged: readonly Outcome[] = ['pass', 'fail', 'warn', 'info'];

export function summary({ totals, verdicts }: RunRecord): readonly [string, string] {
  const seen = judged.reduce((sum, outcome) => sum + totals[outcome], 0);
  const known = verdicts.filter((verdict) => verdict.known !== undefined).length;
  return [
    `info ${totals.info}, not applicable ${totals['not-applicable']}, harness errors ${totals['harness-error']}, judged ${seen} of ${verdicts.length}${known > 0 ? `, known ${known}` : ''}`,
    `${totals.pass} passed, ${totals.fail} failed, ${totals.warn} warnings, ${totals.inconclusive} inconclusive, ${totals.unsupported} unsupported, ${totals.skipped} skipped`,
  ];
}
