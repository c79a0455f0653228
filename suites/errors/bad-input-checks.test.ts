import { describe, expect, test } from 'vitest';
import type { Check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { badInputChecks, badInputProbe, type BadInputTable } from './bad-input.ts';
import { badInputTables } from './bad-input-tables.ts';

const error = (type: string) => ({ type: 'error', error: { type, message: 'max_tokens: must be an integer' } });
const accepted = jsonEvidence(fixtureMessage);
const streamed = streamEvidence(fixtureEvents);
const refused = refusalEvidence(400, error('invalid_request_error'));
const broken = refusalEvidence(500, error('api_error'));

const rows: readonly Check[] = badInputTables.flatMap(badInputChecks);

/** Examples in the modes that the check reads. */
function examplesOf({ id, reads }: Check): Examples {
  const right = id === 'errors.in.model-unknown' ? refusalEvidence(404, error('not_found_error')) : refused;
  const good = { control: accepted, mutant: right, controlStream: streamed, mutantStream: right };
  const read = (steps: Readonly<Record<string, Evidence>>): Readonly<Record<string, Evidence>> =>
    Object.fromEntries(Object.entries(steps).filter(([name]) => name in reads));
  return {
    passes: { 'a refusal': read(good) },
    fails: {
      'a mutant that is taken': [read({ ...good, mutant: accepted, mutantStream: streamed }), '200, it was accepted'],
      'an internal error': [read({ ...good, mutant: broken, mutantStream: broken }), '500 api_error'],
    },
    open: {
      'a control that is refused too': [
        read({ ...good, control: refused, controlStream: refused }),
        'the same request without the defect was not accepted (400)',
      ],
    },
  };
}

describeExamples(rows, Object.fromEntries(rows.map((row) => [row.id, examplesOf(row)])));

const table: BadInputTable = {
  id: 'bad-example',
  title: 'An example',
  base: (model) => ({ model, max_tokens: 2, messages: [] }),
  rows: [
    {
      row: 'one',
      pointer: '/max_tokens',
      value: -1,
      level: 'must',
      requirement: 'An example.',
      covers: ['err.in.max-tokens-negative'],
      needs: ['tools'],
      breaks: [],
    },
  ],
};
const judged = (steps: Readonly<Record<string, Evidence>>) => {
  const [check] = badInputChecks(table);
  return check?.kind === 'scenario' ? check.judge(steps) : undefined;
};
const good = { control: accepted, mutant: refused, controlStream: streamed, mutantStream: refused };

test('a wrong answer in one mode fails, whatever the other says', () => {
  expect(judged({ ...good, mutantStream: streamed })?.outcome).toBe('fail');
  expect(judged({ ...good, mutant: accepted, controlStream: refused })?.outcome).toBe('fail');
});

test('a wrong answer in both modes is a finding for each', () => {
  const judgement = judged({ ...good, mutant: accepted, mutantStream: streamed });
  expect(judgement?.outcome === 'fail' ? judgement.deviations.map(({ of }) => of?.isStream) : judgement).toEqual([false, true]);
});

test('half an answer is none', () => {
  expect(judged({ ...good, controlStream: refused })?.outcome).toBe('inconclusive');
});

describe('a table', () => {
  test('is sent as its base and its rows, in both modes unless it says otherwise', () => {
    expect(badInputProbe(table)).toMatchObject({
      steps: ['control', 'control-stream', 'one', 'one-stream'],
      cost: { requests: 4, outputTokens: 6 },
    });
    expect(badInputProbe({ ...table, modes: ['stream'] }).steps).toEqual(['control-stream', 'one-stream']);
  });

  test('of count_tokens knows no stream and generates nothing', () => {
    expect(badInputProbe({ ...table, endpoint: 'count-tokens' })).toMatchObject({
      steps: ['control', 'one'],
      cost: { requests: 2, outputTokens: 0 },
    });
  });

  test('hands what it needs, where it is stated and why it matters to its rows', () => {
    const [check] = badInputChecks({ ...table, needs: ['images'], source: 'https://example.com', why: 'Because.' });
    expect(check).toMatchObject({ id: 'errors.in.one', needs: ['images', 'tools'], source: 'https://example.com' });
    expect(check?.why).toBeUndefined();
    const [silent] = badInputChecks({ ...table, why: 'Because.', rows: table.rows.map(({ breaks: _breaks, ...row }) => row) });
    expect(silent?.why).toBe('Because.');
  });
});
