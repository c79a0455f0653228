import { expect, it } from 'vitest';
import type { RunRecord } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { terminalReport } from './report.ts';

const known: RunRecord = {
  ...record,
  verdicts: record.verdicts.map((verdict) =>
    verdict.outcome === 'fail' || verdict.outcome === 'warn'
      ? { ...verdict, known: { reason: 'being fixed', link: 'https://e.org/1', expires: '2027-01-01' } }
      : verdict,
  ),
  baseline: {
    file: 'known.json',
    strict: true,
    entries: [
      { check: 'stream.order.ends-with-message-stop', reason: 'being fixed', state: 'known' },
      { check: 'http.request-id.present', address: 'hello/stream', reason: 'x', expires: '2026-01-01', state: 'expired' },
      { check: 'http.json.content-type', reason: 'x', state: 'stale' },
      { check: 'models.shape', reason: 'x', state: 'not-judged' },
    ],
  },
};

it('a known failure is shown as one, with why', () => {
  const report = terminalReport(known, catalogue, { width: 100, colour: false });
  expect(report).toContain('\n  fail must known  stream.order.ends-with-message-stop\n');
  expect(report).toContain('\n  warn should known  http.request-id.present\n');
  expect(report).toContain('\n  baseline  known until 2027-01-01: being fixed (https://e.org/1)\n');
  expect(report).toContain('judged 4 of 9, known 2\n');
});

it('entries that somebody has to touch are named, the others counted', () => {
  expect(terminalReport(known, catalogue, { width: 100, colour: false })).toContain(
    [
      '',
      'Baseline',
      '  known.json: 1 known, 1 expired, 1 stale, 1 not judged',
      '  http.request-id.present at hello/stream expired, and gates again (2026-01-01)',
      '  http.json.content-type no longer fails: take the entry out',
      '  Stale entries make exit 1 (--strict-baseline).',
      '',
    ].join('\n'),
  );
});

it('every entry is named where every detail is asked for', () => {
  const report = terminalReport(known, catalogue, { width: 100, colour: false, detail: 'verbose' });
  expect(report).toContain('\n  stream.order.ends-with-message-stop still fails\n');
  expect(report).toContain('\n  models.shape not judged in this run\n');
});

it('without a baseline nothing is said of one', () => {
  expect(terminalReport(record, catalogue, { width: 100, colour: false })).not.toMatch(/Baseline|, known/);
});
