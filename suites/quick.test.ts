import { describe, expect, test } from 'vitest';
import { checks, probes } from './catalogue.ts';
import costs from './costs.json' with { type: 'json' };
import { quickChecks, quickSteps } from './quick.ts';

const steps = new Set(quickSteps);
const selected = checks.filter(({ id }) => quickChecks.includes(id));

describe('the quick selection', () => {
  test('names checks and steps that exist', () => {
    const known = new Set(probes.flatMap(({ id, steps: own }) => own.map((step) => `${id}/${step}`)));
    expect(quickSteps.filter((address) => !known.has(address))).toEqual([]);
    expect(selected.length).toBe(quickChecks.length);
  });

  test('sends what its checks read', () => {
    const unsent = selected.filter(
      (check) => check.kind === 'scenario' && !Object.values(check.reads).every((address) => steps.has(address)),
    );
    expect(unsent.map(({ id }) => id)).toEqual([]);
  });

  test('needs at most twelve requests that generate, with the one that looks for the model', () => {
    const measured: Readonly<Record<string, { readonly most: number; readonly same?: string }>> = costs.steps;
    const generating = quickSteps
      .filter((address) => (measured[address]?.most ?? 0) > 0)
      .map((address) => measured[address]?.same ?? address);
    expect(new Set(generating).size).toBeGreaterThan(5);
    expect(1 + new Set(generating).size).toBeLessThanOrEqual(12);
  });
});
