import { expect, test } from 'vitest';
import { checks } from '../catalogue.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from './evidence.fixture.ts';
import { inconclusive, pass } from './judgement.ts';
import { judgeAll, refusal, refusalFaults } from './refusal.ts';

const meta = { id: 'area.subject.rule', level: 'must', layer: 'http', requirement: 'r', covers: [], source: 's', breaks: [] } as const;

const accepted = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });

test('a check on a refusal waits for what would fail all of them alike', () => {
  expect(refusal({ ...meta, control: 'p/control', mutant: 'p/mutant' }).after).toEqual(refusalFaults);
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

test.each([
  ['both are refused', refused, refused, 'pass'],
  ['the stream is taken', refused, accepted, 'fail'],
  ['the other is taken', accepted, refused, 'fail'],
] as const)('of a mutant in two modes, where %s', (_, mutant, mutantStream, outcome) => {
  const check = refusal({ ...meta, control: 'p/c', mutant: 'p/m', inStream: { control: 'p/c-stream', mutant: 'p/m-stream' } });
  expect(check.judge({ control: accepted, mutant, controlStream: accepted, mutantStream }).outcome).toBe(outcome);
});

test('half an answer is none', () => {
  expect(judgeAll([pass, inconclusive('nothing came')])).toEqual(inconclusive('nothing came'));
});

test('what is waited for are checks', () => {
  expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining([...refusalFaults]));
});
