/** What was left out for `--token-budget`: a run that is smaller than it looks must say so. */
import type { RunRecord } from '../../spec/record/index.ts';
import { safeText } from './safe-text.ts';
import type { Look } from './look.ts';
import { hanging } from './wrap.ts';

/** Checks named; the record has the others. */
const most = 3;

/** Ids of the checks that the token budget left out. */
export function beyondBudget({ verdicts, options }: Pick<RunRecord, 'verdicts' | 'options'>): ReadonlySet<string> {
  if (options.tokenBudget === undefined) return new Set();
  const own = verdicts.filter(({ outcome, reason }) => outcome === 'skipped' && reason?.startsWith('beyond --token-budget ') === true);
  return new Set(own.map(({ check }) => check));
}

export function leftOut(record: Pick<RunRecord, 'verdicts' | 'options'>, { width }: Look): readonly string[] {
  const checks = [...beyondBudget(record)];
  if (checks.length === 0) return [];
  const others = checks.length - most;
  const named = `${checks.slice(0, most).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
  const counted = checks.length === 1 ? '1 check' : `${checks.length} checks`;
  return hanging('  ', safeText(`${counted} left out for --token-budget ${record.options.tokenBudget}: ${named}`), width);
}
