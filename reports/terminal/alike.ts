/** Verdicts that say the same: a server that validates nothing fails a hundred checks with one sentence, which is told once. */
import type { RunRecord, Verdict } from '../../spec/record/index.ts';
import { groupFindings } from './places.ts';

/** Fewer are shown one by one: then each has room for what it requires. */
const fewest = 3;

/** Verdicts of the same area, outcome and level with the same findings, places apart, together; in the order of the first of each. */
export function alike(verdicts: readonly Verdict[], areaOf: (check: string) => string): readonly (readonly Verdict[])[] {
  const groups = Map.groupBy(verdicts, (verdict) => story(verdict, areaOf));
  return [...groups.values()].flatMap((group) => (group.length < fewest ? group.map((verdict) => [verdict]) : [group]));
}

function story({ check, outcome, level, findings, known, quarantined }: Verdict, areaOf: (check: string) => string): string {
  // What is excused has a reason of its own to be told.
  if (findings.length === 0 || known !== undefined || quarantined !== undefined) return check;
  const said = groupFindings(findings).map(({ expected, found }) => [expected, found]);
  return JSON.stringify([areaOf(check), outcome, level, said]);
}

/** What breaks a client first: what makes it not ready, what limits it, then the rest. */
export function worstFirst(verdicts: readonly Verdict[], readiness: RunRecord['readiness']): readonly Verdict[] {
  const blocking = new Set(readiness.flatMap(({ blockers }) => blockers.map(({ check }) => check)));
  const limiting = new Set(readiness.flatMap(({ limits }) => limits.map(({ check }) => check)));
  const rank = ({ check }: Verdict): number => (blocking.has(check) ? 0 : limiting.has(check) ? 1 : 2);
  return verdicts.toSorted((one, other) => rank(one) - rank(other));
}
