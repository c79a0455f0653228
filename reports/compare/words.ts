/** What the three forms of a comparison have in common: headings, order, and the last line. */
import type { Outcome } from '../../spec/record/index.ts';
import type { Change, Comparison } from './compare.ts';

/** Worst first; what is the same everywhere is only counted. */
export const shownChanges: readonly Exclude<Change, 'same'>[] = ['newly-broken', 'newly-fixed', 'still-broken', 'first-judged', 'differs'];

export const headings: Readonly<Record<Exclude<Change, 'same'>, string>> = {
  'newly-broken': 'Newly broken',
  'newly-fixed': 'Newly fixed',
  'still-broken': 'Still broken',
  'first-judged': 'Broken, and not judged in the first',
  differs: 'Otherwise different',
};

/** Short enough for a column. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  warn: 'warn',
  info: 'info',
  inconclusive: 'open',
  unsupported: 'unsup',
  'not-applicable': 'n/a',
  skipped: 'skip',
  'harness-error': 'ERROR',
};

/** `2 newly broken, 1 newly fixed, 3 still broken, 0 broken and not judged before, 4 otherwise different, 300 the same`. */
export function tally({ checks }: Comparison): string {
  const count = (change: Change): number => checks.filter((check) => check.change === change).length;
  return [
    `${count('newly-broken')} newly broken`,
    `${count('newly-fixed')} newly fixed`,
    `${count('still-broken')} still broken`,
    `${count('first-judged')} broken and not judged in the first`,
    `${count('differs')} otherwise different`,
    `${count('same')} the same`,
  ].join(', ');
}
