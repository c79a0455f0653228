import { describe, expect, test } from 'vitest';
import type { Verdict } from '../spec/index.ts';
import { testOutcome, type TestOutcome } from './outcomes.ts';

const base: Verdict = { check: 'a.b.c', level: 'must', outcome: 'pass', judged: 1, findings: [], findingsTotal: 0 };
const failed = { outcome: 'fail', findings: [{ expected: 'one', found: 'two' }], findingsTotal: 3 } as const;
const quarantined = { reason: 'in doubt', link: 'https://example.org/1' };

function outcome(more: Partial<Verdict>, failOn: 'must' | 'should' = 'must'): TestOutcome {
  return testOutcome({ ...base, ...more }, [], { failOn, curl: {} });
}

describe('a verdict becomes', () => {
  test('a passed test where it is a pass', () => {
    expect(outcome({})).toEqual({ does: 'pass' });
  });

  test('a failed test where it is a failure, or a warning that gates', () => {
    expect(outcome(failed)).toMatchObject({ does: 'fail', text: expect.stringMatching(/expected {2}one\n {2}found {5}two/) as string });
    expect(outcome({ ...failed, outcome: 'warn', level: 'should' }, 'should')).toMatchObject({ does: 'fail' });
  });

  test.each([
    [{ ...failed, outcome: 'warn' }, 'warn: expected one, found two (and 2 more)'],
    [{ ...failed, outcome: 'info' }, 'info: expected one, found two (and 2 more)'],
    [{ ...failed, quarantined }, 'quarantined (in doubt, https://example.org/1): expected one, found two (and 2 more)'],
  ] as const)('a skipped test with a warning: %j', (more, reason) => {
    expect(outcome(more)).toEqual({ does: 'skip', reason, warning: expect.stringContaining('found     two') as string });
  });

  test.each(['inconclusive', 'unsupported', 'not-applicable', 'skipped'] as const)('a skipped test where it is %s', (word) => {
    expect(outcome({ outcome: word, reason: 'because' })).toEqual({ does: 'skip', reason: `${word}: because` });
  });

  test('a failed test that blames this suite where it is a harness error', () => {
    expect(outcome({ outcome: 'harness-error', reason: 'oops' })).toEqual({
      does: 'fail',
      text: 'a.b.c could not be judged, by a fault of this suite, not of the server: oops',
    });
  });

  test('text without control characters, whatever the server sent', () => {
    const { reason } = outcome({ ...failed, outcome: 'info', findings: [{ expected: 'x', found: '\u001b[31mred' }] }) as { reason: string };
    expect(reason).not.toContain('\u001b');
  });
});
