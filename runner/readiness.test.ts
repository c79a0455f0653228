import { describe, expect, test } from 'vitest';
import type { Outcome, Verdict } from '../spec/index.ts';
import { readinessOf } from './readiness.ts';

const client = {
  id: 'editor',
  needs: [
    { checks: ['a.b.c', 'a.b.d'], without: 'It crashes.', blocks: true },
    { checks: ['a.b.e'], without: 'It guesses.', blocks: false },
  ],
};

const verdicts = (outcomes: Readonly<Record<string, Outcome>>): readonly Verdict[] =>
  Object.entries(outcomes).map(([check, outcome]) => ({ check, level: 'must', outcome, judged: 1, findings: [], findingsTotal: 0 }));

const stateWith = (c: Outcome, d: Outcome, e: Outcome): string =>
  readinessOf(client, verdicts({ 'a.b.c': c, 'a.b.d': d, 'a.b.e': e })).state;

describe('a client is', () => {
  test('ready where all that it needs passed or did not matter', () => {
    expect(readinessOf(client, verdicts({ 'a.b.c': 'pass', 'a.b.d': 'not-applicable', 'a.b.e': 'pass' }))).toEqual({
      client: 'editor',
      state: 'ready',
      blockers: [],
      limits: [],
      open: [],
    });
  });

  test.each(['fail', 'warn', 'info', 'unsupported'] as const)('not ready where something vital came to %s', (outcome) => {
    const { state, blockers } = readinessOf(client, verdicts({ 'a.b.c': outcome, 'a.b.d': 'inconclusive', 'a.b.e': 'fail' }));
    expect(state).toBe('not-ready');
    expect(blockers).toEqual([{ check: 'a.b.c', effect: 'It crashes.' }]);
  });

  test('ready with limits where only something else did not pass', () => {
    const { state, limits } = readinessOf(client, verdicts({ 'a.b.c': 'pass', 'a.b.d': 'pass', 'a.b.e': 'unsupported' }));
    expect(state).toBe('ready-with-limits');
    expect(limits).toEqual([{ check: 'a.b.e', effect: 'It guesses.' }]);
  });

  test('of unknown readiness where something vital was not judged', () => {
    expect(stateWith('pass', 'inconclusive', 'pass')).toBe('unknown');
    expect(stateWith('skipped', 'pass', 'fail')).toBe('unknown');
    expect(readinessOf(client, []).open).toEqual(['a.b.c', 'a.b.d', 'a.b.e']);
  });

  test('ready where only something else was not judged', () => {
    expect(stateWith('pass', 'pass', 'harness-error')).toBe('ready');
  });
});

describe('a failed check that no profile names', () => {
  const checks = [{ id: 'x.y.z', breaks: [{ client: 'editor', effect: 'shows nothing' }] }];
  const fine: Readonly<Record<string, Outcome>> = { 'a.b.c': 'pass', 'a.b.d': 'pass', 'a.b.e': 'pass' };

  test('limits the client that it says it breaks, in its own words', () => {
    const { state, limits } = readinessOf(client, verdicts({ ...fine, 'x.y.z': 'fail' }), checks);
    expect({ state, limits }).toEqual({ state: 'ready-with-limits', limits: [{ check: 'x.y.z', effect: 'Shows nothing.' }] });
  });

  test('is told in words that begin as code does, where they do', () => {
    const named = [{ id: 'x.y.z', breaks: [{ client: 'editor', effect: 'models.list() throws' }] }];
    expect(readinessOf(client, verdicts({ ...fine, 'x.y.z': 'fail' }), named).limits).toEqual([
      { check: 'x.y.z', effect: 'models.list() throws.' },
    ]);
  });

  test('limits nobody by an invalid request that was not refused', () => {
    const named = [{ id: 'errors.in.x', breaks: [{ client: 'editor', effect: 'repeats a 5xx' }] }];
    expect(readinessOf(client, verdicts({ ...fine, 'errors.in.x': 'fail' }), named).state).toBe('ready');
  });

  test('limits no other client', () => {
    expect(readinessOf({ ...client, id: 'other' }, verdicts({ ...fine, 'x.y.z': 'fail' }), checks).state).toBe('ready');
  });

  test.each(['warn', 'info', 'unsupported', 'pass', 'skipped'] as const)('limits nothing where it came to %s', (outcome) => {
    expect(readinessOf(client, verdicts({ ...fine, 'x.y.z': outcome }), checks).state).toBe('ready');
  });

  test('is told once where the profile names it', () => {
    const named = [{ id: 'a.b.e', breaks: [{ client: 'editor', effect: 'guesses' }] }];
    expect(readinessOf(client, verdicts({ ...fine, 'a.b.e': 'fail' }), named).limits).toEqual([{ check: 'a.b.e', effect: 'It guesses.' }]);
  });
});
