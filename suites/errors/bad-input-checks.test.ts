import { describe, expect, test } from 'vitest';
import type { Check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { badInputExamples } from './bad-input.fixture.ts';
import { badInputChecks, badInputProbe, type BadInputTable } from './bad-input.ts';
import { badInputTables } from './bad-input-tables.ts';

const error = (type: string) => ({ type: 'error', error: { type, message: 'max_tokens: must be an integer' } });
const accepted = jsonEvidence(fixtureMessage);
const streamed = streamEvidence(fixtureEvents);
const refused = refusalEvidence(400, error('invalid_request_error'));

const rows: readonly Check[] = badInputTables.flatMap(badInputChecks);

describeExamples(rows, badInputExamples(rows));

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

  test('has rows that are sent in one mode, and have an id of their own', () => {
    const one = { ...table, rows: table.rows.map((row) => ({ ...row, id: 'messages.subject.one', modes: ['json'] as const })) };
    expect(badInputProbe(one)).toMatchObject({
      steps: ['control', 'control-stream', 'one'],
      cost: { requests: 3, outputTokens: 5 },
    });
    expect(badInputChecks(one)).toMatchObject([
      { id: 'messages.subject.one', reads: { control: 'bad-example/control', mutant: 'bad-example/one' } },
    ]);
  });

  test('hangs the stream up of what would never end, once it was taken', async () => {
    const sent: Record<string, unknown> = {};
    const endless = { ...table, rows: table.rows.map((row) => ({ ...row, isEndless: true as const })) };
    const never = () => Promise.reject(new Error('it has no use for that'));
    await badInputProbe(endless).run({
      model: 'm',
      modelsPath: '/v1/models',
      send: (step, _request, options) => {
        sent[step] = options?.abortAfter;
        return Promise.resolve(accepted);
      },
      sdk: never,
      ladder: never,
    });
    expect(sent).toEqual({ control: undefined, 'control-stream': undefined, one: undefined, 'one-stream': { frames: 3 } });
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
