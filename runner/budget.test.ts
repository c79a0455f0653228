import { describe, expect, test } from 'vitest';
import { beyondBudget, tokensOf } from './budget.ts';

const probes = [
  { id: 'cheap', cost: { outputTokens: 10 } },
  { id: 'dear', cost: { outputTokens: 500 } },
  { id: 'telling', cost: { outputTokens: 500 } },
  { id: 'free', cost: { outputTokens: 0 } },
];
const checks = [
  { level: 'must', probes: ['cheap'] },
  { level: 'may', probes: ['dear'] },
  { level: 'must', probes: ['telling'] },
  { level: 'must', probes: ['telling', 'dear'] },
] as const;

describe('a token budget', () => {
  test('that suffices drops nothing', () => {
    expect([...beyondBudget(probes, checks, 1010)]).toEqual([]);
  });

  test('drops what shows least for its tokens first', () => {
    expect([...beyondBudget(probes, checks, 1009)]).toEqual(['dear']);
    expect([...beyondBudget(probes, checks, 509)]).toEqual(['dear', 'telling']);
  });

  test('of nothing keeps what generates nothing', () => {
    const dropped = beyondBudget(probes, checks, 0);
    expect([...dropped].toSorted()).toEqual(['cheap', 'dear', 'telling']);
    expect(tokensOf(probes.filter(({ id }) => !dropped.has(id)))).toBe(0);
  });
});
