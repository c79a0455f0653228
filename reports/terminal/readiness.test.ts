import { expect, test } from 'vitest';
import type { ClientReadiness, RunRecord } from '../../spec/record/index.ts';
import { lookOf } from './look.ts';
import { readiness } from './readiness.ts';

const look = lookOf(100, false);
const options: RunRecord['options'] = { only: [], skip: [], level: 'may', require: [] };
const nothing: Omit<ClientReadiness, 'client' | 'state'> = { blockers: [], limits: [], open: [] };
const ready: ClientReadiness = { ...nothing, client: 'editor', state: 'ready' };

test('a client that can be used takes one line', () => {
  expect(readiness({ readiness: [ready], options, verdicts: [] }, look)).toEqual(['  editor  ready']);
});

test('what stands in the way is named once, with the checks that show it', () => {
  const blockers = ['a.b.c', 'a.b.d', 'a.b.e', 'a.b.f'].map((check) => ({ check, effect: 'It crashes.' }));
  const limits = [{ check: 'a.b.g', effect: 'It guesses.' }];
  const clients: readonly ClientReadiness[] = [
    { ...nothing, client: 'agent', state: 'not-ready', blockers, limits },
    { ...nothing, client: 'editor', state: 'ready-with-limits', limits },
  ];
  expect(readiness({ readiness: clients, options, verdicts: [] }, look)).toEqual([
    '  agent   not ready',
    '      It crashes. (a.b.c, a.b.d, a.b.e and 1 more)',
    '  editor  ready with limits',
    '      It guesses. (a.b.g)',
  ]);
});

test('a run that was about one client speaks of that one alone', () => {
  const clients = [ready, { ...ready, client: 'agent' }];
  expect(readiness({ readiness: clients, options: { ...options, client: 'agent' }, verdicts: [] }, look)).toEqual(['  agent  ready']);
});

test('what was not judged is no news, unless the run was about it', () => {
  const unknown: ClientReadiness = { ...nothing, client: 'agent', state: 'unknown', open: ['a.b.c'] };
  expect(readiness({ readiness: [unknown], options, verdicts: [] }, look)).toEqual([]);
  expect(readiness({ readiness: [unknown], options: { ...options, client: 'agent' }, verdicts: [] }, look)).toEqual([
    '  agent  unknown',
    '      1 of its checks came to no judgement: a.b.c',
  ]);
});

test.each([
  ['all of them', ['a.b.c'], '1 of its checks came to no judgement (left out for --token-budget): a.b.c'],
  ['some', ['a.b.c', 'a.b.d'], '2 of its checks came to no judgement (1 left out for --token-budget): a.b.c, a.b.d'],
])('what the token budget left out is told from what could not be judged: %s', (_title, open, line) => {
  const unknown: ClientReadiness = { ...nothing, client: 'agent', state: 'unknown', open };
  const budget = { ...options, client: 'agent', tokenBudget: 30 };
  expect(readiness({ readiness: [unknown], options: budget, verdicts: [unpaid('a.b.c')] }, look)).toEqual([
    '  agent  unknown',
    `      ${line}`,
  ]);
});

function unpaid(check: string): RunRecord['verdicts'][number] {
  const reason = 'beyond --token-budget 30: probe thinking may take 500 output tokens';
  return { check, level: 'must', outcome: 'skipped', judged: 0, findings: [], findingsTotal: 0, reason };
}
