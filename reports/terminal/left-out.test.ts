import { expect, test } from 'vitest';
import { record } from '../record.fixture.ts';
import { leftOut } from './left-out.ts';
import { lookOf } from './look.ts';

const look = lookOf(200, false);
const options = { ...record.options, tokenBudget: 30 };
const [first] = record.verdicts;
const skipped = (check: string, reason: string): (typeof record.verdicts)[number] => ({
  ...(first ?? expect.fail('no verdict')),
  check,
  outcome: 'skipped',
  reason,
});
const beyond = 'beyond --token-budget 30: probe thinking may take 500 output tokens';

test('names what the token budget left out, and counts the others', () => {
  const verdicts = [...['a.b.c', 'a.b.d', 'a.b.e', 'a.b.f'].map((check) => skipped(check, beyond)), skipped('a.b.g', 'left out by --skip')];
  expect(leftOut({ verdicts, options }, look)).toEqual(['  4 checks left out for --token-budget 30: a.b.c, a.b.d, a.b.e and 1 more']);
  expect(leftOut({ verdicts: [skipped('a.b.c', beyond)], options }, look)).toEqual(['  1 check left out for --token-budget 30: a.b.c']);
});

test('says nothing where there was room for all', () => {
  expect(leftOut({ verdicts: record.verdicts, options }, look)).toEqual([]);
});
