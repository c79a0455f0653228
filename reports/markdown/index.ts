/** Markdown for the step summary of GitHub Actions, or a comment: failures first, at most 64 KiB whatever the run. */
import type { ClientReadiness, Exchange, Outcome, RunRecord, Verdict } from '../../spec/record/index.ts';
import type { Catalogue, CheckInfo } from '../catalogue.ts';
import { curl } from '../curl.ts';
import { acceptance, gist, standingOf } from '../standing.ts';
import { summary } from '../terminal/summary.ts';
import { type FindingGroup, groupFindings, placeText } from '../terminal/places.ts';
import { fitted, type Section } from './fit.ts';
import { block, code, prose } from './text.ts';

/** GitHub takes 1 MiB of summary a step and 64 KiB of comment. */
const most = 64 * 1024;

/** Longer commands are in the record. */
const longestCommand = 1500;

export function markdownReport(record: RunRecord, catalogue: Catalogue): string {
  const checks = new Map(catalogue.checks.map((check) => [check.id, check]));
  const exchanges = new Map(record.exchanges.map((exchange) => [exchange.id, exchange]));
  const standing = (...wanted: readonly ReturnType<typeof standingOf>[]): readonly Verdict[] =>
    record.verdicts.filter((verdict) => wanted.includes(standingOf(verdict, record)));
  const outcome = (wanted: Outcome): readonly Verdict[] => record.verdicts.filter((verdict) => verdict.outcome === wanted);
  const remarks = standing('remark');
  const failing = standing('failing');
  const sections: readonly Section[] = [
    {
      title: `Failed (${failing.length})`,
      items: failing.map((verdict) => failureText(verdict, checks.get(verdict.check), exchanges, record)),
    },
    { title: 'Harness errors', items: outcome('harness-error').map(row) },
    { title: 'Baseline', items: baselineRows(record) },
    { title: 'Clients', items: record.readiness.map(clientRow) },
    { title: 'Warnings', items: remarks.filter((verdict) => verdict.outcome === 'warn').map(row) },
    {
      title: 'Known or quarantined',
      items: standing('accepted').map((verdict) => `- ${code(verdict.check)} ${prose(acceptance(verdict) ?? '')}\n`),
    },
    { title: 'Areas', ...areaTable(record, checks) },
    { title: 'Information', items: remarks.filter((verdict) => verdict.outcome === 'info').map(row) },
    { title: 'Inconclusive', items: outcome('inconclusive').map(row) },
    { title: 'Unsupported', items: outcome('unsupported').map(row) },
  ];
  return fitted(head(record), sections, most);
}

function head(record: RunRecord): string {
  const { target, suite, ended, endedBecause } = record;
  const [, counts] = summary(record);
  const known = record.verdicts.filter(({ known: accepted }) => accepted !== undefined).length;
  return [
    `# Messages API conformance: ${verdictWord(record)}`,
    '',
    `**${counts}**${known > 0 ? `, of the failures ${known} known` : ''}`,
    '',
    ...(ended === 'finished' ? [] : [`> The run ended early: ${prose(endedBecause ?? ended)}`, '']),
    `Server ${code(target.baseUrl)}, model ${code(target.model)}, version ${code(target.apiVersion)}, suite ${code(suite.version)}, ${prose(record.startedAt)}`,
    '',
  ].join('\n');
}

const words: Readonly<Record<number, string>> = {
  0: 'passed',
  1: 'failed',
  2: 'not run',
  3: 'not judged',
  4: 'harness fault',
  130: 'interrupted',
};

function verdictWord({ exitCode }: RunRecord): string {
  return words[exitCode] ?? `exit ${exitCode}`;
}

function failureText(
  verdict: Verdict,
  check: CheckInfo | undefined,
  exchanges: ReadonlyMap<string, Exchange>,
  { target }: RunRecord,
): string {
  const groups = groupFindings(verdict.findings).slice(0, 3);
  const unseen = verdict.findingsTotal - groups.reduce((sum, { places }) => sum + Math.max(places.length, 1), 0);
  const exchange = exchanges.get(groups[0]?.places[0]?.exchange ?? '');
  const command = exchange && curl(exchange, { hasKey: target.auth !== 'none' }).parts.join(' ');
  return [
    `### ${code(verdict.check)}`,
    '',
    ...(check === undefined ? [] : [`${prose(check.requirement)} ([source](${link(check.source)}))`, '']),
    ...groups.flatMap(groupLines),
    ...(unseen > 0 ? [`- and ${unseen} more`] : []),
    ...(check?.breaks ?? []).map(({ client, effect }) => `- breaks ${prose(client)}: ${prose(effect)}`),
    ...(check?.bugs === undefined || check.bugs.length === 0 ? [] : [`- known bugs: ${check.bugs.map((bug) => code(bug)).join(', ')}`]),
    ...(check?.fix === undefined ? [] : [`- fix: ${prose(check.fix)}`]),
    ...(command === undefined || command === '' || command.length > longestCommand ? [] : ['', block([command], 'sh')]),
    '',
    '',
  ].join('\n');
}

function groupLines({ expected, found, places: [first, ...others] }: FindingGroup): readonly string[] {
  const line = `- expected ${code(expected)}, found ${code(found)}`;
  if (first === undefined) return [line];
  return [line, `  at ${code(placeText(first))}${others.length > 0 ? ` and ${others.length} more` : ''}`];
}

/** The catalogue's links are ours; brackets in one would end it. */
function link(url: string): string {
  return url.replaceAll(/[()\s<>]/g, encodeURIComponent);
}

function row(verdict: Verdict): string {
  return `- ${code(verdict.check)} ${code(gist(verdict))}\n`;
}

function clientRow({ client, state, blockers, limits, open }: ClientReadiness): string {
  const why = state === 'not-ready' ? blockers : state === 'unknown' ? open.map((check) => ({ check })) : limits;
  const named = why.slice(0, 3).map(({ check }) => code(check));
  const more = why.length > named.length ? ` and ${why.length - named.length} more` : '';
  return `- ${code(client)}: ${state.replaceAll('-', ' ')}${named.length === 0 ? '' : `, because of ${named.join(', ')}${more}`}\n`;
}

function baselineRows({ baseline }: RunRecord): readonly string[] {
  return (baseline?.entries ?? []).flatMap(({ check, address, state, expires }) => {
    const what = `- ${code(check)}${address === undefined ? '' : ` at ${code(address)}`}`;
    if (state === 'stale') return [`${what} no longer fails: take the entry out\n`];
    return state === 'expired' ? [`${what} expired on ${prose(expires ?? '')} and gates again\n`] : [];
  });
}

function areaTable({ verdicts }: RunRecord, checks: ReadonlyMap<string, CheckInfo>): Omit<Section, 'title'> {
  const byArea = Map.groupBy(verdicts, ({ check }) => checks.get(check)?.area ?? 'unknown');
  return {
    head: '| area | passed | failed | warnings | inconclusive | unsupported | other |\n|---|---|---|---|---|---|---|\n',
    items: [...byArea].map(([area, own]) => {
      const shown = (['pass', 'fail', 'warn', 'inconclusive', 'unsupported'] as const).map(
        (outcome) => own.filter((verdict) => verdict.outcome === outcome).length,
      );
      const other = own.length - shown.reduce((sum, count) => sum + count, 0);
      return `| ${prose(area)} | ${[...shown, other].map((count) => (count === 0 ? '' : count)).join(' | ')} |\n`;
    }),
  };
}
