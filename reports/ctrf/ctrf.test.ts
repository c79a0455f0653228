import { validate } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { catalogue, record } from '../record.fixture.ts';
import { ctrfReport } from './index.ts';

describe('the CTRF report', () => {
  it('is valid by the published schema', () => {
    expect(validate(JSON.parse(ctrfReport(record, catalogue)))).toMatchObject({ valid: true });
    expect(validate(JSON.parse(ctrfReport(record, catalogue).replaceAll('"status": "other"', '"status": "warning"')))).toMatchObject({
      valid: false,
    });
  });

  it('says passed, failed and skipped only where it is so', () => {
    const { results } = JSON.parse(ctrfReport(record, catalogue)) as {
      results: { summary: Record<string, number>; tests: { name: string; status: string; rawStatus: string; message?: string }[] };
    };
    expect(results.summary).toMatchObject({ tests: 9, passed: 1, failed: 2, skipped: 3, pending: 0, other: 3, suites: 5, duration: 2500 });
    expect(results.tests.map(({ rawStatus, status }) => `${rawStatus} ${status}`)).toEqual([
      'pass passed',
      'warn other',
      'fail failed',
      'info other',
      'inconclusive other',
      'unsupported skipped',
      'not-applicable skipped',
      'skipped skipped',
      'harness-error failed',
    ]);
    expect(results.tests[1]?.message).toBe('no such header (and 1 more), expected a request-id header');
  });

  it('names the entries of the baseline that are overdue', () => {
    const entries = [
      { check: 'a.b', reason: 'x', state: 'known' },
      { check: 'c.d', address: 'e/f', reason: 'x', state: 'stale' },
    ] as const;
    const verdicts = record.verdicts.map((verdict) => (verdict.outcome === 'fail' ? { ...verdict, known: { reason: 'x' } } : verdict));
    const text = ctrfReport({ ...record, verdicts, baseline: { strict: false, entries } }, catalogue);
    expect(validate(JSON.parse(text))).toMatchObject({ valid: true });
    expect(JSON.parse(text)).toMatchObject({
      results: { summary: { failed: 1, skipped: 4 }, extra: { baseline: [{ check: 'c.d', address: 'e/f', state: 'stale' }] } },
    });
  });
});
