import { describe, expect, test } from 'vitest';
import { checks, probes } from './catalogue.ts';
import costs from './costs.json' with { type: 'json' };
import { areaOf, type Check } from './model/check.ts';
import { gates } from './model/layers.ts';

interface StepCost {
  readonly most: number;
  readonly tokens: number;
  readonly same?: string;
}

const stepCosts: Readonly<Record<string, StepCost>> = costs.steps;
const checkIds = new Set(checks.map(({ id }) => id));
const probeIds = new Set(probes.map(({ id }) => id));
const addresses = new Set(probes.flatMap(({ id, steps }) => steps.map((step) => `${id}/${step}`)));

const probeOf = (address: string): string => address.slice(0, address.indexOf('/'));

/** The checks that get something wrong. */
const offenders = (isWrong: (check: Check) => boolean): readonly string[] => checks.filter(isWrong).map(({ id }) => id);

describe('the checks', () => {
  test('have ids of their own', () => {
    expect(checks.length - checkIds.size).toBe(0);
  });

  test('are named area.subject.rule in kebab-case', () => {
    const pattern = /^(stream\.(framing|order|schema)|[a-z][a-z-]*\.[a-z0-9][a-z0-9-]*)\.[a-z0-9][a-z0-9-]*$/;
    expect(offenders(({ id }) => !pattern.test(id))).toEqual([]);
  });

  test('are sorted by area', () => {
    const areas = checks.map(({ id }) => areaOf(id));
    expect([...new Set(areas)]).toEqual(areas.filter((area, n) => area !== areas[n - 1]));
  });

  test('cover these areas', () => {
    expect([...new Set(checks.map(({ id }) => areaOf(id)))]).toEqual([
      'http',
      'auth',
      'version',
      'beta',
      'errors',
      'stream.framing',
      'stream.order',
      'stream.schema',
      'messages',
      'content',
      'system',
      'prefill',
      'cache',
      'stop',
      'usage',
      'parity',
      'history',
      'tools',
      'tool-choice',
      'thinking',
      'structured-output',
      'count-tokens',
      'models',
      'concurrency',
      'keep-alive',
      'disconnect',
      'silence',
      'clients',
      'sdk',
    ]);
  });

  test('cover requirements', () => {
    const pattern = /^[a-z][a-z-]*(\.[a-z0-9][a-z0-9-]*)+$/;
    expect(offenders(({ covers }) => covers.length === 0 || !covers.every((id) => pattern.test(id)))).toEqual([]);
  });

  test('state their requirement in sentences, and where it comes from', () => {
    expect(offenders(({ requirement, source }) => !/^["A-Za-z0-9].*\.$/.test(requirement) || source === '')).toEqual([]);
  });

  test('say who breaks, or why it matters', () => {
    expect(offenders(({ breaks, why }) => breaks.length === 0 && why === undefined)).toEqual([]);
  });

  test('name bugs as repository#number', () => {
    expect(offenders(({ bugs = [] }) => !bugs.every((bug) => /^[\w./-]+#\d+$/.test(bug)))).toEqual([]);
  });

  test('that are general name probes that exist', () => {
    expect(
      offenders((check) => check.kind === 'general' && (check.probes.length === 0 || !check.probes.every((id) => probeIds.has(id)))),
    ).toEqual([]);
  });

  test('that are scenarios read steps that exist', () => {
    expect(
      offenders((check) => check.kind === 'scenario' && !Object.values(check.reads).every((address) => addresses.has(address))),
    ).toEqual([]);
  });

  test('wait for checks that exist', () => {
    expect(offenders(({ after = [] }) => !after.every((id) => checkIds.has(id)))).toEqual([]);
  });

  test('have the gates that layers name, each in its layer and a must', () => {
    const named = Object.entries(gates).flatMap(([layer, ids]) => ids.map((id) => `${id} ${layer} must`));
    const found = new Set(checks.map(({ id, layer, level }) => `${id} ${layer} ${level}`));
    expect(named.filter((gate) => !found.has(gate))).toEqual([]);
  });
});

describe('the probes', () => {
  test('have ids of their own, in kebab-case', () => {
    expect(probes.length - probeIds.size).toBe(0);
    expect([...probeIds].filter((id) => !/^[a-z][a-z0-9-]*$/.test(id))).toEqual([]);
  });

  test('have steps of their own, that addresses can name', () => {
    expect(
      probes.filter(({ steps }) => new Set(steps).size < steps.length || !steps.every((step) => /^[a-z0-9][a-z0-9.-]*$/.test(step))),
    ).toEqual([]);
  });

  test('are each read by a check', () => {
    const read = new Set(checks.flatMap((check) => (check.kind === 'general' ? check.probes : Object.values(check.reads).map(probeOf))));
    expect([...probeIds].filter((id) => !read.has(id))).toEqual([]);
  });

  test('stay within the budget of the catalogue', () => {
    const own = Object.values(stepCosts).filter(({ same }) => same === undefined);
    const sum = (of: (step: StepCost) => number): number => own.reduce((total, step) => total + of(step), 0);
    expect(sum(({ most }) => (most > 0 ? 1 : 0))).toBeLessThanOrEqual(250);
    expect(sum(({ tokens }) => tokens)).toBeLessThanOrEqual(6000);
    expect(sum(({ most }) => most)).toBeLessThanOrEqual(20_000);
  });

  test('stay within it also where a server takes all that should be refused, and shares nothing', () => {
    expect(probes.reduce((sum, { cost }) => sum + cost.outputTokens, 0)).toBeLessThanOrEqual(20_000);
  });

  test('have measured costs; npm run measure brings them up to date', () => {
    const known = Object.keys(stepCosts).map((address) => address.slice(0, address.indexOf('/')));
    expect([...new Set(known)].toSorted()).toEqual([...probeIds].toSorted());
    expect(Object.keys(stepCosts).filter((address) => !addresses.has(address))).toEqual([]);
  });
});
