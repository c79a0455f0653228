import { describe, expect, test } from 'vitest';
import type { Catalogue, CheckInfo } from './catalogue.ts';
import { planOf } from './plan.ts';
import { planTable } from './terminal/plan-table.ts';

const check = (id: string, probes: readonly string[]): CheckInfo => ({
  id,
  since: '0.1.0',
  level: 'must',
  layer: 'http',
  area: 'http',
  requirement: 'Something holds.',
  source: 's',
  breaks: [],
  covers: [],
  probes,
});
const catalogue: Catalogue = {
  version: '0.1.0',
  hash: '0',
  checks: [check('a.b.c', ['text']), check('a.b.d', ['text', 'tools'])],
  probes: [
    { id: 'text', title: 'Text', cost: { requests: 2, outputTokens: 64 }, steps: ['plain', 'refused'] },
    { id: 'tools', title: 'Tools', cost: { requests: 2, outputTokens: 256 }, steps: ['plain', 'call'] },
  ],
  quick: { checks: [], steps: [] },
};
const costs = {
  'text/plain': { most: 32, tokens: 9 },
  'text/refused': { most: 0, tokens: 0 },
  'tools/plain': { most: 32, tokens: 9, same: 'text/plain' },
  'tools/call': { most: 256, tokens: 21 },
};
const all = { planned: catalogue.probes, leftOut: new Map(), steps: undefined, unpaid: new Map() };

describe('a plan', () => {
  test('does not count checks whose probes are all too dear', () => {
    const unpaid = new Map([['tools', 'beyond --token-budget 30']]);
    const [, tools] = catalogue.probes;
    const more = { ...catalogue, checks: [...catalogue.checks, check('a.b.e', ['tools'])] };
    const planned = catalogue.probes.filter((probe) => probe !== tools);
    expect(planOf({ ...all, planned, unpaid }, more, costs, undefined).checks).toBe(2);
    expect(planOf(all, more, costs, undefined).checks).toBe(3);
  });

  test('counts a request that two probes share once', () => {
    const { probes, totals, checks } = planOf(all, catalogue, costs, undefined);
    expect(probes.map(({ probe, requests }) => [probe, requests])).toEqual([
      ['text', 2],
      ['tools', 1],
    ]);
    expect(totals).toEqual({ requests: 3, generating: 2, outputTokens: 30, outputTokensAtMost: 288 });
    expect(checks).toBe(2);
  });

  test('counts it where its first probe is not sent', () => {
    const [, tools] = catalogue.probes;
    expect(planOf({ ...all, planned: tools === undefined ? [] : [tools] }, catalogue, costs, undefined).totals.requests).toBe(2);
  });

  test('leaves out steps and checks that are not selected', () => {
    const { totals, checks } = planOf(
      { ...all, steps: new Set(['tools/call']), leftOut: new Map([['a.b.c', 'r']]) },
      catalogue,
      costs,
      undefined,
    );
    expect(totals.requests).toBe(1);
    expect(checks).toBe(1);
  });

  test('estimates the time from one measured request', () => {
    const plan = planOf(all, catalogue, costs, { firstByteMs: 500, msPerToken: 100 });
    expect(plan.estimateSeconds).toBe(4);
    expect(planTable(plan)).toContain('One request took 500 ms to its first byte and 100.0 ms a token: about 4 s one after the other.\n');
  });

  test('as a table has a row for each probe and one for all', () => {
    const lines = planTable(planOf({ ...all, unpaid: new Map([['size', 'a long prompt']]) }, catalogue, costs, undefined)).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'probe   requests   generate   tokens   at most   checks',
      'text           2          1        9        32        2',
      'tools          1          1       21       256        1',
      'all            3          2       30       288        2',
    ]);
    expect(lines).toContain('Not sent: size, a long prompt.');
  });
});
