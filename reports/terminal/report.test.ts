import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Finding, RunRecord } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { terminalHeader, terminalReport } from './report.ts';
import { displayWidth } from './wrap.ts';

describe('the terminal report', () => {
  it.each([60, 100])('looks as in golden-%i.txt', (width) => {
    const golden = readFileSync(new URL(`./golden-${width}.txt`, import.meta.url), 'utf8');
    expect(terminalReport(record, catalogue, { width, colour: false, ...(width === 100 ? { detail: 'verbose' } : {}) })).toBe(golden);
  });

  it('ends with the record and the summary', () => {
    const lines = terminalReport(record, catalogue, { width: 60, colour: false, recordFile: 'out/record.json' }).split('\n');
    expect(lines.slice(-4)).toEqual([
      'Record: out/record.json',
      'info 1, not applicable 1, harness errors 1, judged 4 of 9',
      '1 passed, 1 failed, 1 warnings, 1 inconclusive, 1 unsupported, 1 skipped',
      '',
    ]);
  });

  it('is only the summary where quiet', () => {
    expect(terminalReport(record, catalogue, { width: 60, colour: false, detail: 'quiet' }).split('\n')).toHaveLength(3);
  });

  it('gives the reason of exit 1 where quiet: a stale baseline, and a client that is not ready', () => {
    const more: Partial<RunRecord> = {
      options: { ...record.options, client: 'editor' },
      readiness: [
        { client: 'editor', state: 'not-ready', blockers: [{ check: 'a.b.c', effect: 'It crashes.' }], limits: [], open: [] },
        { client: 'other', state: 'ready', blockers: [], limits: [], open: [] },
      ],
      baseline: { strict: true, file: 'known.json', entries: [{ check: 'a.b.d', reason: 'seen', state: 'stale' }] },
    };
    expect(
      terminalReport({ ...record, ...more }, catalogue, { width: 80, colour: false, detail: 'quiet' })
        .split('\n')
        .slice(0, -3),
    ).toEqual([
      '  known.json: 1 stale',
      '  a.b.d no longer fails: take the entry out',
      '  Stale entries make exit 1 (--strict-baseline).',
      '  editor  not ready',
      '      It crashes. (a.b.c)',
    ]);
  });

  it('keeps to the width, but for the commands to copy and the summary', () => {
    const lines = terminalReport(record, catalogue, { width: 60, colour: false, detail: 'verbose' }).split('\n').slice(0, -3);
    const tooLong = lines.filter((line) => displayWidth(line) > 60);
    expect(tooLong.every((line) => line.startsWith('    --data-raw'))).toBe(true);
    expect(tooLong).toHaveLength(1);
  });

  it('says the same in colour', () => {
    const plain = terminalReport(record, catalogue, { width: 80, colour: false });
    const colour = terminalReport(record, catalogue, { width: 80, colour: true });
    expect(colour).not.toBe(plain);
    expect(stripVTControlCharacters(colour)).toBe(plain);
  });

  it('shows no control character of a server, whatever field it came in', () => {
    // These are read only after the schema has seen that they are one of a few words.
    const closed = new Set(['level', 'outcome', 'ended', 'modelFrom', 'state', 'kind']);
    const spoil = (key: string, value: unknown): unknown =>
      typeof value === 'string' && !closed.has(key) ? `${value}\u001B]0;x\u0007\u202E` : value;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy of a record, longer strings apart
    const hostile = JSON.parse(JSON.stringify(record, spoil)) as RunRecord;
    const report = terminalReport(hostile, catalogue, { width: 80, colour: false, detail: 'verbose' });
    expect(report).toContain('\\x1b]0;x\\x07\\u202e');
    expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('tells equal findings once, with their places', () => {
    const verdicts = record.verdicts.map((verdict) =>
      verdict.outcome === 'fail' ? { ...verdict, findings: ['x1', 'x2', 'x3', 'x4', 'x5'].map(findingIn), findingsTotal: 31 } : verdict,
    );
    const report = terminalReport({ ...record, verdicts }, catalogue, { width: 80, colour: false });
    expect(report).toContain(
      '  where     hello/x1 (x1)\n            hello/x2 (x2)\n            hello/x3 (x3)\n            and at 2 more places\n  expected  a\n  found     b\n            and 26 more in the record\n',
    );
  });

  const same: readonly Finding[] = [{ at: { exchange: 'x1' }, expected: 'a 4xx', found: '200' }];
  const repeated = (ids: readonly string[], found = same): RunRecord['verdicts'] =>
    ids.map((check) => ({ check, level: 'must', outcome: 'fail', judged: 1, findings: found, findingsTotal: 2 }));
  const reportOf = (verdicts: RunRecord['verdicts'], more: Partial<RunRecord> = {}, detail: 'normal' | 'verbose' = 'normal'): string =>
    terminalReport({ ...record, ...more, verdicts }, catalogue, { width: 100, colour: false, detail });

  it('tells once what three checks or more have in common, unless all is asked for', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `a.long-name-of-a-check.number-${index}`);
    const folded = reportOf(repeated(ids));
    expect(folded).toContain(
      '  fail must  60 checks with the same finding\n      200, expected a 4xx\n      a.long-name-of-a-check.number-0, ',
    );
    expect(folded).toContain('  the same of 59 more (--verbose shows them in full):');
    for (const id of ids) expect(folded.split(id).length - 1).toBeGreaterThan(1);
    expect(folded.match(/level {5}must/gu)).toHaveLength(1);
    expect(reportOf(repeated(ids), {}, 'verbose').match(/level {5}must/gu)).toHaveLength(60);
    expect(reportOf(repeated(ids.slice(0, 2)))).not.toContain('the same');
    const other: readonly Finding[] = [{ at: { exchange: 'x1' }, expected: 'a 4xx', found: '500' }];
    expect(reportOf([...repeated(ids.slice(0, 2)), ...repeated(ids.slice(2, 3), other)])).not.toContain('the same');
    const known = repeated(ids.slice(0, 3)).map((verdict) => ({ ...verdict, known: { reason: `not yet ${verdict.check}` } }));
    expect(reportOf(known)).not.toContain('the same');
  });

  it('tells first what breaks a client', () => {
    const readiness: RunRecord['readiness'] = [
      {
        client: 'editor',
        state: 'not-ready',
        blockers: [{ check: 'a.b.z', effect: 'It crashes.' }],
        limits: [{ check: 'a.b.y', effect: 'It waits.' }],
        open: [],
      },
    ];
    const failed = reportOf(repeated(['a.b.x', 'a.b.y'], []).concat(repeated(['a.b.z'])), { readiness }).split('\nFailed\n')[1];
    expect(failed?.match(/^a\.b\.[xyz]/gmu)).toEqual(['a.b.z', 'a.b.y', 'a.b.x']);
  });

  it('says why a run ended early', () => {
    const report = terminalReport({ ...record, ended: 'preflight', endedBecause: 'Cannot reach it.' }, catalogue, {
      width: 80,
      colour: false,
    });
    expect(report).toContain('\nEnded early\n  Cannot reach it.\n');
  });
});

describe('the head', () => {
  it('names target, model, authentication and version', () => {
    const target = { baseUrl: 'http://h', model: 'm', modelFrom: 'option', auth: 'none', apiVersion: '2023-06-01' } as const;
    expect(terminalHeader(target, record.suite, { width: 80, colour: false })).toBe(
      'messages-conformance 0.1.0, catalogue 01234567\ntarget   http://h\nmodel    m\nauth     none (no key)\nversion  2023-06-01\n',
    );
  });
});

function findingIn(exchange: string): Finding {
  return { at: { exchange, address: `hello/${exchange}` }, expected: 'a', found: 'b' };
}
