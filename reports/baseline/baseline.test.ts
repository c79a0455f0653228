import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../spec/record/index.ts';
import { ReportError } from '../errors.ts';
import { record } from '../record.fixture.ts';
import { baselineOf, baselineText } from './make.ts';
import { readBaseline } from './read.ts';

const known = record.verdicts.map(({ check }) => check);
const format = 'messages-conformance/baseline';

describe('a baseline from a run', () => {
  it('lists what failed and what warned, and reads back the same', () => {
    const baseline = baselineOf(record);
    expect(baseline.entries).toEqual([
      { check: 'http.request-id.present', reason: 'Failed in the run of 2026-11-20.' },
      { check: 'stream.order.ends-with-message-stop', reason: 'Failed in the run of 2026-11-20.' },
    ]);
    expect(readBaseline(file(baselineText(baseline)), known)).toEqual(baseline);
  });

  it('keeps entries that still hold or were not judged, drops stale ones, and renews expired ones', () => {
    const entries: NonNullable<RunRecord['baseline']>['entries'] = [
      { check: 'http.request-id.present', address: 'hello/stream', reason: 'seen', state: 'known' },
      { check: 'models.shape', reason: 'not selected', expires: '2027-01-01', state: 'not-judged' },
      { check: 'http.json.content-type', reason: 'fixed', state: 'stale' },
      { check: 'stream.order.ends-with-message-stop', reason: 'soon', link: 'https://e.org/1', expires: '2026-01-01', state: 'expired' },
    ];
    const verdicts = record.verdicts.map((verdict) => (verdict.outcome === 'warn' ? { ...verdict, known: { reason: 'seen' } } : verdict));
    expect(baselineOf({ ...record, verdicts, baseline: { strict: false, entries } }).entries).toEqual([
      { check: 'http.request-id.present', address: 'hello/stream', reason: 'seen' },
      { check: 'models.shape', reason: 'not selected', expires: '2027-01-01' },
      { check: 'stream.order.ends-with-message-stop', reason: 'soon', link: 'https://e.org/1' },
    ]);
  });
});

describe('a baseline file', () => {
  const one = (entry: object): string => JSON.stringify({ format, formatVersion: 1, entries: [entry] });
  it.each([
    ['cut short', one({}).slice(0, 20), /baseline\.json is not JSON: .*line 1 column 21/],
    [
      'with a field too many',
      one({ check: 'models.shape', reason: 'x', until: 1 }),
      /entries\/0 must NOT have additional properties: "until"\.$/,
    ],
    ['a bare value', '7', 'is not a baseline of messages-conformance.'],
    ['foreign', '{"format":"other"}', 'is not a baseline of messages-conformance.'],
    [
      'newer',
      JSON.stringify({ format, formatVersion: 2 }),
      'was written by a newer version (baseline format 2, this one reads 1); update messages-conformance.',
    ],
    [
      'without a reason',
      one({ check: 'models.shape' }),
      "is not a valid baseline: baseline/entries/0 must have required property 'reason'.",
    ],
    [
      'with a date that is none',
      one({ check: 'models.shape', reason: 'x', expires: '1.2.2027' }),
      /baseline\/entries\/0\/expires must match pattern/,
    ],
    [
      'with a check that is none',
      one({ check: 'models.shap', reason: 'x' }),
      'names a check that does not exist: models.shap; "npx messages-conformance list" names them all.',
    ],
  ])('%s is refused in one sentence', (_title, text, reason) => {
    const path = file(text);
    const read = (): unknown => readBaseline(path, known);
    if (typeof reason === 'string') expect(read).toThrow(new ReportError('record', `${path} ${reason}`));
    else expect(read).toThrow(reason);
  });

  it('that is not there is named', () => {
    expect(() => readBaseline('/nowhere/b.json', known)).toThrow('Cannot read /nowhere/b.json: no such file or directory.');
  });
});

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'baseline.json');
  writeFileSync(path, text);
  return path;
}
