/** Common Test Report Format, https://ctrf.io: one JSON document that many dashboards and CI summaries read. */
import type { RunRecord, Verdict } from '../../spec/record/index.ts';
import type { Catalogue, CheckInfo } from '../catalogue.ts';
import { checkTimes } from '../check-times.ts';
import { acceptance, gist, type Standing, standingOf } from '../standing.ts';
import { failure } from '../terminal/failures.ts';
import { lookOf } from '../terminal/look.ts';
import { safeText } from '../terminal/safe-text.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

const look = lookOf(200, false);

/** `other` is what the format has for results that are neither: a warning, and what the evidence left open. */
const statuses: Readonly<Record<Standing, Status>> = {
  passed: 'passed',
  failing: 'failed',
  broken: 'failed',
  accepted: 'skipped',
  remark: 'other',
  unjudged: 'skipped',
};

export function ctrfReport(record: RunRecord, catalogue: Catalogue): string {
  const { suite, target, startedAt, durationMs, ended, endedBecause, exitCode, baseline } = record;
  const checks = new Map(catalogue.checks.map((check) => [check.id, check]));
  const times = checkTimes(record, catalogue);
  const tests = record.verdicts.map((verdict) => testOf(verdict, checks.get(verdict.check), times.get(verdict.check) ?? 0, record));
  const count = (status: Status): number => tests.filter((test) => test.status === status).length;
  const start = Date.parse(startedAt);
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: startedAt,
    generatedBy: 'messages-conformance',
    results: {
      tool: { name: 'messages-conformance', version: safeText(suite.version), extra: { catalogue: safeText(suite.catalogue) } },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        suites: new Set(tests.flatMap(({ suite: names }) => names)).size,
        start,
        stop: start + Math.round(durationMs),
        duration: Math.round(durationMs),
        extra: { exitCode, ended, ...(endedBecause === undefined ? {} : { endedBecause: safeText(endedBecause) }), totals: record.totals },
      },
      tests,
      environment: {
        reportName: 'Anthropic Messages API conformance',
        appName: safeText(target.baseUrl),
        healthy: exitCode === 0,
        extra: {
          model: safeText(target.model),
          auth: target.auth,
          apiVersion: safeText(target.apiVersion),
          ...(target.profile === undefined ? {} : { profile: safeText(target.profile) }),
        },
      },
      ...(baseline === undefined ? {} : { extra: { baseline: overdue(baseline) } }),
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function testOf(verdict: Verdict, check: CheckInfo | undefined, milliseconds: number, record: RunRecord): CtrfTest {
  const { outcome, level } = verdict;
  const standing = standingOf(verdict, record);
  const accepted = acceptance(verdict);
  const hasFailed = verdict.findings.length > 0;
  return {
    name: safeText(verdict.check),
    testId: safeText(verdict.check),
    status: outcome === 'inconclusive' ? 'other' : statuses[standing],
    rawStatus: outcome,
    duration: Math.round(milliseconds),
    suite: [check?.area ?? 'unknown'],
    type: 'conformance',
    tags: [level, ...(check === undefined ? [] : [check.layer])],
    ...(standing === 'passed' ? {} : { message: safeText(gist(verdict)) }),
    ...(hasFailed
      ? { trace: failure(verdict, check, record, look, { curl: { hasKey: record.target.auth !== 'none' }, most: 20 }).join('\n') }
      : {}),
    extra: {
      judged: verdict.judged,
      findings: verdict.findingsTotal,
      ...(accepted === undefined ? {} : { accepted: safeText(accepted) }),
      ...(check === undefined ? {} : { requirement: check.requirement, source: check.source }),
    },
  };
}

interface CtrfTest {
  readonly name: string;
  readonly testId: string;
  readonly status: Status;
  readonly rawStatus: string;
  readonly duration: number;
  readonly suite: readonly string[];
  readonly type: 'conformance';
  readonly tags: readonly string[];
  readonly message?: string;
  readonly trace?: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Entries that need somebody's hand. */
function overdue({ entries }: NonNullable<RunRecord['baseline']>): readonly Readonly<Record<string, string>>[] {
  return entries
    .filter(({ state }) => state === 'stale' || state === 'expired')
    .map(({ check, address = 'anywhere', state }) => ({ check: safeText(check), address: safeText(address), state }));
}
