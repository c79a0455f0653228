/** A comparison as Markdown, for a comment on a pull request: at most 64 KiB, worst first. */
import { fitted } from '../markdown/fit.ts';
import { code, prose } from '../markdown/text.ts';
import { gist } from '../standing.ts';
import { summary } from '../terminal/summary.ts';
import { type ComparedCheck, type Comparison, checksWith } from './compare.ts';
import { headings, outcomeWords, shownChanges, tally } from './words.ts';

const most = 64 * 1024;

export function markdownComparison(comparison: Comparison): string {
  const { runs, notes } = comparison;
  const start = [
    '# Messages API conformance, compared',
    '',
    `**${tally(comparison)}**`,
    '',
    ...runs.map(({ label, record }, index) => `${index + 1}. ${code(label)}: ${summary(record)[1]}`),
    '',
    ...notes.flatMap((note) => [`> ${prose(note)}`, '']),
  ].join('\n');
  const head = `| check | level | ${runs.map((_, index) => index + 1).join(' | ')} | found |\n|---|---|${'---|'.repeat(runs.length)}---|\n`;
  const sections = shownChanges.map((change) => {
    const checks = checksWith(comparison, change);
    return { title: `${headings[change]} (${checks.length})`, head, items: checks.map(row) };
  });
  return fitted(start, sections, most);
}

function row({ check, level, verdicts }: ComparedCheck): string {
  const told = verdicts.findLast(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  const found = told === undefined ? '' : prose(gist(told), 200);
  return `| ${prose(check)} | ${level} | ${verdicts.map(({ outcome }) => outcomeWords[outcome]).join(' | ')} | ${found} |\n`;
}
