import { expect, test } from 'vitest';
import { checks } from '../catalogue.ts';
import { variantChecks } from '../variants.ts';
import { fixtureMessage, jsonEvidence } from './evidence.fixture.ts';
import { refusal, refusalFaults } from './refusal.ts';

const meta = { id: 'area.subject.rule', level: 'must', layer: 'http', requirement: 'r', covers: [], source: 's', breaks: [] } as const;

test('a check on a refusal waits for what would fail all of them alike', () => {
  expect(refusal({ ...meta, control: 'p/control', mutant: 'p/mutant' }).after).toEqual(refusalFaults);
  const row = { ...meta, step: 'wrong', change: (base: object) => ({ ...base }), outcome: 'refused' } as const;
  const [check] = variantChecks({ id: 'table', title: 'A table', source: 's', base: () => ({}), rows: [row] });
  expect(check?.after).toEqual(refusalFaults);
});

test('unless it names others', () => {
  expect(refusal({ ...meta, control: 'p/control', mutant: 'p/mutant', after: ['http.json.parses'] }).after).toEqual(['http.json.parses']);
});

test.each([
  ['a Message', fixtureMessage, 'fail'],
  ['anything', { ok: true }, 'inconclusive'],
] as const)('a mutant that is taken like its control, answered with %s', (_, body, outcome) => {
  const check = refusal({ ...meta, control: 'p/control', mutant: 'p/mutant' });
  expect(check.judge({ control: jsonEvidence(body), mutant: jsonEvidence(body) }).outcome).toBe(outcome);
});

test('what is waited for are checks', () => {
  expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining([...refusalFaults]));
});
