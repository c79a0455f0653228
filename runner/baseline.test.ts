import { describe, expect, test } from 'vitest';
import type { BaselineEntry, BaselineState, Finding, Outcome, Step, Verdict } from '../spec/index.ts';
import { applyBaseline } from './baseline.ts';

const startedAt = new Date('2026-11-20T23:00:00Z');

const steps: readonly Step[] = [
  { address: 'hello/stream', probe: 'hello', step: 'stream', attempt: 1, last: true, exchange: 'x1' },
  // The second prompt of a ladder; a plain send that two probes share.
  { address: 'tools/any#2', probe: 'tools', step: 'any', attempt: 2, last: true, exchange: 'x2' },
  { address: 'other/any', probe: 'other', step: 'any', attempt: 1, last: true, exchange: 'x2' },
];

const at = (exchange?: string): Finding => ({ ...(exchange === undefined ? {} : { at: { exchange } }), expected: 'a', found: 'b' });

function verdict(outcome: Outcome, findings: readonly Finding[] = [], findingsTotal: number = findings.length): Verdict {
  return { check: 'a.b', level: 'must', outcome, judged: 1, findings, findingsTotal };
}

function apply(
  one: Verdict,
  entries: readonly Partial<BaselineEntry>[],
  isFinished = true,
): { readonly known: Verdict['known']; readonly states: readonly BaselineState[] } {
  const { verdicts, applied } = applyBaseline(
    { entries: entries.map((entry) => ({ check: 'a.b', reason: 'seen', ...entry })) },
    { verdicts: [one], steps, startedAt, isFinished },
  );
  return { known: verdicts[0]?.known, states: applied?.entries.map(({ state }) => state) ?? [] };
}

const everywhere = {};
const stream = { address: 'hello/stream' };
const any = { address: 'tools/any' };
const seen = { reason: 'seen' };

describe('a baseline', () => {
  test.each<[title: string, Verdict, readonly Partial<BaselineEntry>[], ReturnType<typeof apply>]>([
    ['covers a failing check', verdict('fail', [at('x1')]), [everywhere], { known: seen, states: ['known'] }],
    ['covers warnings and information too', verdict('warn', [at('x1')]), [everywhere], { known: seen, states: ['known'] }],
    ['covers a failure that has no place', verdict('fail', [at()]), [everywhere], { known: seen, states: ['known'] }],
    ['covers a failure at the address', verdict('fail', [at('x1')]), [stream], { known: seen, states: ['known'] }],
    ['takes an address without attempt for every attempt', verdict('fail', [at('x2')]), [any], { known: seen, states: ['known'] }],
    ['knows every address of a shared send', verdict('fail', [at('x2')]), [{ address: 'other/any' }], { known: seen, states: ['known'] }],
    ['does not cover a second place', verdict('fail', [at('x1'), at('x2')]), [stream], { known: undefined, states: ['known'] }],
    [
      'covers two places with two entries',
      verdict('fail', [at('x1'), at('x2')]),
      [
        { ...stream, link: 'https://e.org/1', expires: '2027-02-01' },
        { ...any, reason: 'also', expires: '2027-01-01' },
      ],
      { known: { reason: 'seen; also', link: 'https://e.org/1', expires: '2027-01-01' }, states: ['known', 'known'] },
    ],
    ['by address does not cover what has no place', verdict('fail', [at()]), [stream], { known: undefined, states: ['stale'] }],
    [
      'by address does not cover findings that were not kept',
      verdict('fail', [at('x1')], 21),
      [stream],
      { known: undefined, states: ['known'] },
    ],
    [
      'holds on its last day',
      verdict('fail', [at('x1')]),
      [{ expires: '2026-11-20' }],
      { known: { ...seen, expires: '2026-11-20' }, states: ['known'] },
    ],
    ['expires', verdict('fail', [at('x1')]), [{ expires: '2026-11-19' }], { known: undefined, states: ['expired'] }],
    ['that expired and no longer fails is stale', verdict('pass'), [{ expires: '2026-11-19' }], { known: undefined, states: ['stale'] }],
    ['is stale where the check passes', verdict('pass'), [everywhere], { known: undefined, states: ['stale'] }],
    ['is stale where the check fails elsewhere only', verdict('fail', [at('x1')]), [any], { known: undefined, states: ['stale'] }],
    [
      'is not judged where the step was not sent',
      verdict('pass'),
      [{ address: 'unsent/one' }],
      { known: undefined, states: ['not-judged'] },
    ],
    ['is not judged by an inconclusive verdict', verdict('inconclusive'), [everywhere], { known: undefined, states: ['not-judged'] }],
    ['is not judged by a skipped check', verdict('skipped'), [everywhere], { known: undefined, states: ['not-judged'] }],
    ['never covers a harness fault', verdict('harness-error'), [everywhere], { known: undefined, states: ['not-judged'] }],
    [
      'of a check that is not there is not judged',
      verdict('fail', [at()]),
      [{ check: 'c.d' }],
      { known: undefined, states: ['not-judged'] },
    ],
  ])('%s', (_title, one, entries, expected) => {
    expect(apply(one, entries)).toEqual(expected);
  });

  test('is not stale by what a run that was cut short let pass', () => {
    expect(apply(verdict('pass'), [everywhere], false).states).toEqual(['not-judged']);
  });

  test('that is absent leaves the verdicts as they are', () => {
    const verdicts = [verdict('fail', [at('x1')])];
    expect(applyBaseline(undefined, { verdicts, steps, startedAt, isFinished: true })).toEqual({ verdicts });
  });

  test('says which file it came from, and whether it is strict', () => {
    const judged = { verdicts: [], steps, startedAt, isFinished: true };
    expect(applyBaseline({ entries: [], file: 'b.json', strict: true }, judged).applied).toEqual({
      file: 'b.json',
      strict: true,
      entries: [],
    });
  });
});
