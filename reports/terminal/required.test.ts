import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { lookOf } from './look.ts';
import { terminalReport } from './report.ts';
import { required } from './required.ts';

const look = lookOf(200, false);
const requiring = (require: readonly string[], more: Partial<RunRecord> = {}): RunRecord => ({
  ...record,
  capabilities: [
    { capability: 'images', state: 'refused', address: 'images/json' },
    { capability: 'tools', state: 'yes', address: 'tools/json' },
  ],
  options: { ...record.options, require },
  ...more,
});
const refused = '  images is required (--require), and refused by the server: exit 1.';
const open = '  citations is required (--require), but this run has found out nothing about it: not known to be there.';

describe('parts that a run requires', () => {
  test.each([
    ['none', [], []],
    ['one that is there', ['tools'], []],
    ['one that is refused', ['images', 'tools'], [refused]],
    ['one that nothing asked for', ['citations'], [open]],
  ])('%s', (_title, require, lines) => {
    expect(required(requiring(require), look)).toEqual(lines);
  });

  test('a refusal that the baseline accepts is no news', () => {
    const finding = { expected: 'images, which this run requires', found: 'refused by the server' };
    const verdicts = record.verdicts.map((verdict, index) =>
      index === 0 ? { ...verdict, known: { reason: 'a text model' }, findings: [finding] } : verdict,
    );
    expect(required(requiring(['images'], { verdicts }), look)).toEqual([]);
  });

  test('are in the report, also where it is quiet', () => {
    const options = { width: 200, colour: false };
    expect(terminalReport(requiring(['images']), catalogue, options)).toContain(`\nRequired parts\n${refused}\n`);
    expect(terminalReport(requiring(['images']), catalogue, { ...options, detail: 'quiet' }).split('\n')[0]).toBe(refused);
  });
});
