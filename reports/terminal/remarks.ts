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

/** The check and the reason of its verdict. */
export function reasoned({ check, reason }: Verdict, { width }: Look): readonly string[] {
  return hanging('  ', safeText(`${check}: ${reason ?? 'no reason given'}`), width).map((line, index) =>
    index === 0 ? line : `  ${line}`,
  );
}
