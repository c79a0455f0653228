/** A failed check in full: what it asks, where it broke, what was expected and found, who suffers, and a command that shows it again. */
import type { Exchange, RunRecord, Verdict } from '../../spec/record/index.ts';
import type { CheckInfo } from '../catalogue.ts';
import { curl, type CurlOptions } from '../curl.ts';
import type { Look } from './look.ts';
import { acceptance } from '../standing.ts';
import { type FindingGroup, groupFindings, placeText } from './places.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

export interface FailureOptions {
  readonly curl: CurlOptions;
  /** Different findings shown of one check, and places of one finding; the others are counted. */
  readonly most: number;
}

const label = 12;

export function failure(
  verdict: Verdict,
  check: CheckInfo | undefined,
  record: Pick<RunRecord, 'exchanges'>,
  look: Look,
  options: FailureOptions,
): readonly string[] {
  const { width, paint } = look;
  const row = (name: string, text: string): readonly string[] => hanging(`  ${name}`.padEnd(label), safeText(text), width);
  const groups = groupFindings(verdict.findings);
  const unseen = verdict.findingsTotal - groups.slice(0, options.most).reduce((sum, { places }) => sum + Math.max(places.length, 1), 0);
  return [
    ...hanging('', safeText(verdict.check), width).map((line) => paint('bad', line)),
    ...row('level', `${verdict.level}${check === undefined ? '' : `, ${check.layer}`}`),
    ...(check === undefined ? [] : row('requires', check.requirement)),
    ...(verdict.known === undefined ? [] : row('baseline', acceptance(verdict) ?? '')),
    ...(verdict.quarantined === undefined ? [] : row('quarantined', `${verdict.quarantined.reason} (${verdict.quarantined.link})`)),
    ...groups.slice(0, options.most).flatMap((group) => finding(group, row, options.most)),
    ...(unseen > 0 ? row('', `and ${unseen} more in the record`) : []),
    ...(check?.breaks ?? []).flatMap(({ client, effect }) => row('breaks', `${client}: ${effect}`)),
    ...(check?.bugs === undefined || check.bugs.length === 0 ? [] : row('bugs', check.bugs.join(', '))),
    ...(check?.fix === undefined ? [] : row('fix', check.fix)),
    ...(check === undefined ? [] : row('source', check.source)),
    ...reproduction(groups, record.exchanges, look, options.curl),
  ];
}

function finding(
  { expected, found, places }: FindingGroup,
  row: (name: string, text: string) => readonly string[],
  most: number,
): readonly string[] {
  const others = places.length - most;
  return [
    ...places.slice(0, most).flatMap((place, index) => row(index === 0 ? 'where' : '', placeText(place))),
    ...(others > 0 ? row('', `and at ${others} more places`) : []),
    ...row('expected', expected),
    ...row('found', found),
  ];
}

/**
 * The request of the first finding. Never wrapped inside an argument, so that it can be copied as it is: where it is longer than
 * the line, each option gets a line of its own.
 */
function reproduction(
  groups: readonly FindingGroup[],
  exchanges: readonly Exchange[],
  { width }: Look,
  options: CurlOptions,
): readonly string[] {
  const id = groups.flatMap(({ places }) => places)[0]?.exchange;
  const exchange = exchanges.find((one) => one.id === id);
  if (exchange === undefined) return [];
  const { parts, note } = curl(exchange, options);
  const line = `  ${parts.join(' ')}`;
  const command =
    line.length <= width
      ? [line].slice(0, parts.length)
      : parts.map((part, index) => `${index === 0 ? '  ' : '    '}${part}${index === parts.length - 1 ? '' : ' \\'}`);
  return [...command, ...(note === undefined ? [] : hanging('  # ', note, width))];
}
