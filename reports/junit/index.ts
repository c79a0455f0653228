/**
 * JUnit XML as Jenkins (https://github.com/jenkinsci/xunit-plugin, junit-10.xsd) and GitLab
 * (https://docs.gitlab.com/ci/testing/unit_test_reports/) read it: a test suite for each area, a test case for each check.
 * The format knows no warnings: a failed should is a passed case with output, unless the run gated on it.
 */
import type { RunRecord, Verdict } from '../../spec/record/index.ts';
import type { Catalogue, CheckInfo } from '../catalogue.ts';
import { checkTimes } from '../check-times.ts';
import { acceptance, gist, standingOf } from '../standing.ts';
import { failure } from '../terminal/failures.ts';
import { lookOf } from '../terminal/look.ts';
import { safeText } from '../terminal/safe-text.ts';
import { element, textElement } from './xml.ts';

interface Case {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly milliseconds: number;
  readonly xml: string;
}

interface Context {
  readonly record: RunRecord;
  readonly checks: ReadonlyMap<string, CheckInfo>;
  readonly times: ReadonlyMap<string, number>;
}

const look = lookOf(200, false);

/** The whole document. */
export function junitReport(record: RunRecord, catalogue: Catalogue): string {
  const checks = new Map(catalogue.checks.map((check) => [check.id, check]));
  const context: Context = { record, checks, times: checkTimes(record, catalogue) };
  const byArea = Map.groupBy(record.verdicts, ({ check }) => checks.get(check)?.area ?? 'unknown');
  const suites = [
    ...[...byArea].map(([area, verdicts]) => ({ name: area, cases: verdicts.map((verdict) => caseOf(verdict, area, context)) })),
    ...[{ name: 'run', cases: casesOfTheRun(record) }].filter(({ cases }) => cases.length > 0),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  const document = element(
    'testsuites',
    { name: 'messages-conformance', tests: all.length, ...counted(all), time: seconds(record.durationMs) },
    suites.map(({ name, cases }) => suiteOf(name, cases, record)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`;
}

function suiteOf(name: string, cases: readonly Case[], record: RunRecord): string {
  const { target, suite, startedAt, exitCode } = record;
  const properties: readonly (readonly [string, string | undefined])[] = [
    ['target', target.baseUrl],
    ['model', target.model],
    ['profile', target.profile],
    ['api-version', target.apiVersion],
    ['suite-version', suite.version],
    ['catalogue', suite.catalogue],
    ['exit-code', String(exitCode)],
  ];
  return element(
    'testsuite',
    {
      name,
      tests: cases.length,
      ...counted(cases),
      skipped: cases.filter(({ kind }) => kind === 'skipped').length,
      time: seconds(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
      // Without a zone, as Ant wrote it; UTC.
      timestamp: startedAt.slice(0, 19),
      hostname: URL.canParse(target.baseUrl) ? new URL(target.baseUrl).hostname : undefined,
    },
    [
      element(
        'properties',
        {},
        properties.flatMap(([key, value]) => (value === undefined ? [] : [element('property', { name: key, value: safeText(value) })])),
      ),
      ...cases.map(({ xml }) => xml),
    ],
  );
}

function counted(cases: readonly Case[]): { readonly failures: number; readonly errors: number } {
  const count = (wanted: Case['kind']): number => cases.filter(({ kind }) => kind === wanted).length;
  return { failures: count('failure'), errors: count('error') };
}

function caseOf(verdict: Verdict, area: string, { record, checks, times }: Context): Case {
  const { check, level, outcome, reason } = verdict;
  const info = checks.get(check);
  const milliseconds = times.get(check) ?? 0;
  const detail = (): string =>
    `\n${failure(verdict, info, record, look, { curl: { hasKey: record.target.auth !== 'none' }, most: 20 }).join('\n')}\n`;
  const [kind, ...children] = ((): readonly [Case['kind'], ...string[]] => {
    switch (standingOf(verdict, record)) {
      case 'passed':
        return ['passed'];
      case 'failing':
        return [
          'failure',
          textElement('failure', { message: safeText(gist(verdict)), type: `${level} ${info?.layer ?? ''}`.trim() }, detail()),
        ];
      case 'broken':
        return [
          'error',
          textElement('error', { message: safeText(gist(verdict)), type: outcome }, 'A fault of the suite, not of the server.'),
        ];
      case 'accepted':
        return [
          'skipped',
          element('skipped', { message: safeText(acceptance(verdict) ?? outcome) }),
          textElement('system-out', {}, detail()),
        ];
      case 'remark':
        return ['passed', textElement('system-out', {}, `${outcome === 'warn' ? 'Warning' : 'Information'}:${detail()}`)];
      case 'unjudged':
        return ['skipped', element('skipped', { message: safeText(`${outcome}: ${reason ?? 'no reason given'}`) })];
    }
  })();
  const attributes = { name: safeText(check), classname: `messages-conformance.${safeText(area)}`, time: seconds(milliseconds) };
  return { kind, milliseconds, xml: element('testcase', attributes, children) };
}

/** What no check says: that the run was cut short, or that its baseline is out of date. Green where neither is so would hide it. */
function casesOfTheRun({ ended, endedBecause, baseline }: RunRecord): readonly Case[] {
  const stale = baseline?.strict === true ? baseline.entries.filter(({ state }) => state === 'stale') : [];
  return [
    ...(ended === 'finished' ? [] : [caseOfTheRun('run.finished', 'error', endedBecause ?? ended)]),
    ...(stale.length === 0
      ? []
      : [
          caseOfTheRun(
            'run.baseline',
            'failure',
            `these entries of the baseline no longer fail: ${stale.map(({ check }) => check).join(', ')}`,
          ),
        ]),
  ];
}

function caseOfTheRun(name: string, kind: 'failure' | 'error', message: string): Case {
  const problem = element(kind, { message: safeText(message), type: name });
  return { kind, milliseconds: 0, xml: element('testcase', { name, classname: 'messages-conformance.run', time: seconds(0) }, [problem]) };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
