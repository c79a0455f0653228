import { expect, test } from 'vitest';
import type { Verdict } from '../../spec/record/index.ts';
import { lookOf } from './look.ts';
import { reasoned } from './remarks.ts';

const verdict = (check: string, reason: string): Verdict => ({
  check,
  level: 'must',
  outcome: 'inconclusive',
  judged: 0,
  findings: [],
  findingsTotal: 0,
  reason,
});
const blocked = ['a.b.c', 'a.b.d', 'a.b.e', 'a.b.f'].map((check) => verdict(check, 'blocked by x.y.z'));

test('what one cause has left open takes one entry', () => {
  expect(reasoned([...blocked, verdict('a.b.g', 'the model called no tool')], lookOf(100, false), 3)).toEqual([
    '  4 checks: blocked by x.y.z',
    '      a.b.c, a.b.d, a.b.e and 1 more',
    '  a.b.g: the model called no tool',
  ]);
});

test('all of them are named where all are wanted', () => {
  expect(reasoned(blocked, lookOf(100, false), Number.POSITIVE_INFINITY)[1]).toBe('      a.b.c, a.b.d, a.b.e, a.b.f');
});
