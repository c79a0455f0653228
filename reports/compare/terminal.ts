/** A comparison for the terminal: a column of words for each record, then the check. */
import { gist } from '../standing.ts';
import { type Look, lookOf, type Tone } from '../terminal/look.ts';
import { safeText } from '../terminal/safe-text.ts';
import { summary } from '../terminal/summary.ts';
import { hanging, oneLine } from '../terminal/wrap.ts';
import type { Outcome } from '../../spec/record/index.ts';
import { type ComparedCheck, type Comparison, checksWith } from './compare.ts';
import { headings, outcomeWords, shownChanges, tally } from './words.ts';

const column = 7;

const tones: Readonly<Partial<Record<Outcome, Tone>>> = { pass: 'good', fail: 'bad', 'harness-error': 'bad', warn: 'doubt' };

export function terminalComparison(comparison: Comparison, options: { readonly width: number; readonly colour: boolean }): string {
  const look = lookOf(options.width, options.colour);
  const { runs, notes } = comparison;
  const lines = [
    look.paint('strong', `Comparison of ${runs.length} records`),
    ...runs.flatMap(({ label, record }, index) => hanging(`  ${index + 1}  `, `${safeText(label)}: ${summary(record)[1]}`, look.width)),
    ...notes.flatMap((note) => hanging('', safeText(note), look.width)),
    ...shownChanges.flatMap((change) => {
      const checks = checksWith(comparison, change);
      if (checks.length === 0) return [];
      const numbers = runs.map((_, index) => String(index + 1).padEnd(column)).join('');
      const head = ['', look.paint('strong', `${headings[change]} (${checks.length})`), `  ${numbers}`.trimEnd()];
      return head.concat(checks.flatMap((check) => row(check, look)));
    }),
    '',
    look.paint('strong', tally(comparison)),
  ];
  return `${lines.join('\n')}\n`;
}

function row({ check, level, change, verdicts }: ComparedCheck, look: Look): readonly string[] {
  const cells = verdicts.map(({ outcome }) => look.paint(tones[outcome] ?? 'quiet', outcomeWords[outcome].padEnd(column))).join('');
  const told = change === 'newly-fixed' ? verdicts[0] : verdicts.findLast(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  const what = told === undefined ? [] : [`      ${oneLine(safeText(gist(told)), look.width - 6)}`];
  return [`  ${cells}${safeText(check)} (${level})`, ...(change === 'differs' ? [] : what)];
}
