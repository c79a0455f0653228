/** What a badge says of a run: few words, and none that the run does not bear out. */
import type { RunRecord } from '../../spec/record/index.ts';
import { standingOf } from '../standing.ts';

export interface Claim {
  readonly label: string;
  readonly message: string;
  readonly tone: 'good' | 'bad' | 'doubt' | 'none';
}

export function claimOf(record: RunRecord): Claim {
  const label = 'Messages API';
  const standings = record.verdicts.map((verdict) => standingOf(verdict, record));
  const count = (wanted: (typeof standings)[number]): number => standings.filter((standing) => standing === wanted).length;
  const [failing, passed, accepted] = [count('failing'), count('passed'), count('accepted')];
  if (record.exitCode === 1) {
    return { label, message: failing === 0 ? 'not conformant' : `${failing} failed, ${passed} passed`, tone: 'bad' };
  }
  if (record.exitCode !== 0) return { label, message: 'not judged', tone: 'none' };
  if (accepted > 0) return { label, message: `${accepted} known to fail, ${passed} passed`, tone: 'doubt' };
  // Only a run over everything may say the whole word.
  return { label, message: isWhole(record) ? `conformant, ${passed} passed` : `${passed} passed`, tone: 'good' };
}

function isWhole({ options, ended }: RunRecord): boolean {
  const { only, skip, level, quick, tokenBudget, client } = options;
  const isEverything = only.length === 0 && skip.length === 0 && level === 'may';
  return ended === 'finished' && isEverything && quick !== true && tokenBudget === undefined && client === undefined;
}
