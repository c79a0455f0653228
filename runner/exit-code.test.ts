import { describe, expect, test } from 'vitest';
import type { Outcome, Verdict } from '../spec/index.ts';
import { exitCodeOf, totalsOf } from './exit-code.ts';

const verdicts = (...outcomes: readonly Outcome[]): readonly Verdict[] =>
  outcomes.map((outcome, index) => ({ check: `a.b.c${index}`, level: 'must', outcome, judged: 1, findings: [], findingsTotal: 0 }));
const finished = { ended: 'finished', isAnswered: true } as const;

describe('the exit code', () => {
  test.each([
    ['0 where all is well', 0, ['pass', 'inconclusive', 'unsupported'], finished],
    ['0 with warnings', 0, ['pass', 'warn', 'info'], finished],
    ['1 for a failure', 1, ['pass', 'fail'], finished],
    ['3 where nothing could be said', 3, ['inconclusive', 'skipped'], finished],
    ['3 for a server that cannot be reached', 3, ['skipped'], { ended: 'preflight', unreachable: true, isAnswered: false }],
    ['1 for a server that stopped for good', 1, ['pass', 'skipped'], { ended: 'server-gone', isAnswered: true }],
    ['3 where no message was ever answered', 3, ['pass', 'inconclusive'], { ended: 'finished', isAnswered: false }],
    ['3 where the time limit cut the run short', 3, ['pass', 'skipped'], { ended: 'max-time', isAnswered: true }],
    ['1 for a failure, also of a run that was cut short', 1, ['fail', 'skipped'], { ended: 'max-time', isAnswered: true }],
    ['1 where a required part is refused', 1, ['pass', 'warn'], { ...finished, isPartRefused: true }],
    [
      '2 for a mistake in the configuration, whatever else',
      2,
      ['fail', 'harness-error'],
      { ended: 'preflight', misconfigured: true, isAnswered: false },
    ],
    ['4 for a harness fault, before any failure', 4, ['fail', 'harness-error'], finished],
    ['130 when interrupted', 130, ['fail'], { ended: 'interrupted', isAnswered: true }],
  ] as const)('is %s', (_title, code, outcomes, end) => {
    expect(exitCodeOf(verdicts(...outcomes), end, 'must')).toBe(code);
  });

  test('is 1 for a warning where the run gates on should', () => {
    expect(exitCodeOf(verdicts('pass', 'warn'), finished, 'should')).toBe(1);
  });

  test('does not gate on a quarantined check', () => {
    const [failure] = verdicts('fail');
    const quarantined = { reason: 'in doubt', link: 'https://example.org' };
    expect(exitCodeOf([...verdicts('pass'), ...(failure === undefined ? [] : [{ ...failure, quarantined }])], finished, 'must')).toBe(0);
  });
});

describe('a baseline', () => {
  const known = { reason: 'seen' };
  const [pass, fail, warn] = verdicts('pass', 'fail', 'warn');
  const all = (...some: readonly (Verdict | undefined)[]): readonly Verdict[] => some.filter((one) => one !== undefined);
  const mark = (verdict: Verdict | undefined): Verdict | undefined => verdict && { ...verdict, known };

  test.each([
    ['0 where every failure is known', 0, all(pass, mark(fail)), finished, 'must'],
    ['0 where known failures are all there is', 0, all(mark(fail)), finished, 'must'],
    ['0 where every warning that would gate is known', 0, all(pass, mark(warn)), finished, 'should'],
    ['1 where one failure is not', 1, all(mark(fail), fail), finished, 'must'],
    ['1 where entries are stale and that counts', 1, all(pass), { ...finished, isBaselineStale: true }, 'must'],
    ['still 4 for a harness fault', 4, all(...verdicts('harness-error'), mark(fail)), finished, 'must'],
  ] as const)('makes exit %s', (_title, code, some, end, failOn) => {
    expect(exitCodeOf(some, end, failOn)).toBe(code);
  });
});

test('totals count every outcome', () => {
  expect(totalsOf(verdicts('pass', 'pass', 'fail', 'skipped'))).toEqual({
    pass: 2,
    fail: 1,
    warn: 0,
    info: 0,
    inconclusive: 0,
    unsupported: 0,
    'not-applicable': 0,
    skipped: 1,
    'harness-error': 0,
  });
});
