/** Runs a table of examples against checks: what each must pass, must fail with which finding, and must leave open. */
import { describe, expect, test } from 'vitest';
import type { Check } from './check.ts';
import type { Evidence } from './evidence.ts';
import type { Judgement } from './judgement.ts';

/** One exchange for a general check, the named steps for a scenario. */
export type Subject = Evidence | Readonly<Record<string, Evidence>>;

/** Examples by title. */
export interface Examples {
  readonly passes: Readonly<Record<string, Subject>>;
  /** With what the first finding must say it found. */
  readonly fails: Readonly<Record<string, readonly [Subject, found: string]>>;
  /** With the reason why it is inconclusive or not applicable. */
  readonly open?: Readonly<Record<string, readonly [Subject, reason: string]>>;
}

/** Registers a test for each example, and one that every check has a passing and a failing one. */
export function describeExamples(checks: readonly Check[], examples: Readonly<Record<string, Examples>>): void {
  test('every check has examples, and every example a check', () => {
    expect(Object.keys(examples).toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
    const lacking = Object.entries(examples).filter(
      ([, { passes, fails }]) => Object.keys({ ...passes }).length === 0 || Object.keys(fails).length === 0,
    );
    expect(lacking).toEqual([]);
  });
  describe.each(checks.map((check) => ({ id: check.id, check })))('$id', ({ id, check }) => {
    const { passes = {}, fails = {}, open = {} } = examples[id] ?? {};
    test.each(Object.entries(passes))('passes %s', (_, subject) => {
      expect(judged(check, subject)).toEqual({ outcome: 'pass' });
    });
    test.each(Object.entries(fails))('fails %s', (_, [subject, found]) => {
      const judgement = judged(check, subject);
      expect(judgement.outcome === 'fail' ? judgement.deviations[0]?.found : judgement).toBe(found);
    });
    test.each(Object.entries(open))('leaves open %s', (_, [subject, reason]) => {
      const judgement = judged(check, subject);
      expect('reason' in judgement ? judgement.reason : judgement).toBe(reason);
    });
  });
}

/** What a check says. A general check must be about evidence of that kind at all. */
export function judged(check: Check, subject: Subject): Judgement {
  if (check.kind === 'scenario') return check.judge(isEvidence(subject) ? {} : subject);
  if (!isEvidence(subject)) throw new TypeError(`${check.id} judges one exchange`);
  if (!check.reads.matches(subject)) throw new Error(`${check.id} does not read this: ${check.reads.name}`);
  return check.judge(subject);
}

function isEvidence(subject: Subject): subject is Evidence {
  return 'exchange' in subject && 'frames' in subject;
}
