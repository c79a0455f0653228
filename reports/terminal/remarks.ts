/** What did not fail, in short: warnings and information with their finding, and verdicts that could not be had with the reason. */
import type { Verdict } from '../../spec/record/index.ts';
import type { CheckInfo } from '../catalogue.ts';
import { acceptance } from '../standing.ts';
import type { Look, Tone } from './look.ts';
import { groupFindings, placeText } from './places.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

/** Requirement, first finding and where; how many more there are. */
export function warning(verdict: Verdict, info: CheckInfo | undefined, { width, paint }: Look, tone: Tone = 'doubt'): readonly string[] {
  const { check, findings, findingsTotal } = verdict;
  const [group] = groupFindings(findings);
  const [place] = group?.places ?? [];
  const more = findingsTotal > 1 ? ` (and ${findingsTotal - 1} more)` : '';
  return [
    ...hanging('', safeText(check), width).map((line) => paint(tone, line)),
    ...(verdict.known === undefined ? [] : hanging('  ', safeText(acceptance(verdict) ?? ''), width)),
    ...(info === undefined ? [] : hanging('  ', info.requirement, width)),
    ...(group === undefined ? [] : hanging('  expected  ', safeText(group.expected), width)),
    ...(group === undefined ? [] : hanging('  found     ', safeText(group.found), width)),
    ...(place === undefined ? [] : hanging('  where     ', safeText(`${placeText(place)}${more}`), width)),
  ];
}

/** Checks by the reason of their verdict: what one cause has left open takes one entry, however much it is. */
export function reasoned(verdicts: readonly Verdict[], { width }: Look, most: number): readonly string[] {
  const byReason = Map.groupBy(verdicts, ({ reason }) => reason ?? 'no reason given');
  return [...byReason].flatMap(([reason, own]) => {
    const [only] = own;
    if (own.length === 1 && only !== undefined) return indented(`${only.check}: ${reason}`, width);
    const others = own.length - most;
    const names = own.slice(0, most).map(({ check }) => check);
    const list = `${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
    return hanging('  ', safeText(`${own.length} checks: ${reason}`), width).concat(hanging('      ', safeText(list), width));
  });
}

function indented(text: string, width: number): readonly string[] {
  return hanging('  ', safeText(text), width).map((line, index) => (index === 0 ? line : `  ${line}`));
}
