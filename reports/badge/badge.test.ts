import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../spec/record/index.ts';
import { xmlProblems } from '../junit/validate.fixture.ts';
import { catalogue, record } from '../record.fixture.ts';
import { badgeReport, shieldsReport } from './index.ts';

const whole: RunRecord['options'] = { ...record.options, skip: [] };
const [pass, warn, fail] = record.verdicts;
const verdicts = [pass, warn].filter((verdict) => verdict !== undefined);
const known = fail === undefined ? [] : [{ ...fail, known: { reason: 'x' } }];

describe('a badge', () => {
  it.each<[string, Partial<RunRecord>, string, string]>([
    ['says conformant of a run over everything', { verdicts, options: whole, exitCode: 0 }, 'conformant, 1 passed', 'success'],
    ['says no more than what passed of a part', { verdicts, exitCode: 0 }, '1 passed', 'success'],
    [
      'does not hide what is known',
      { verdicts: [...verdicts, ...known], options: whole, exitCode: 0 },
      '1 known to fail, 1 passed',
      'yellow',
    ],
    ['counts failures', { exitCode: 1 }, '1 failed, 1 passed', 'critical'],
    ['is red where a run failed otherwise', { verdicts, exitCode: 1 }, 'not conformant', 'critical'],
    ['is grey where nothing was judged', { exitCode: 3 }, 'not judged', 'inactive'],
  ])('%s', async (_title, changes, message, color) => {
    const changed = { ...record, ...changes };
    expect(JSON.parse(shieldsReport(changed, catalogue))).toEqual({
      schemaVersion: 1,
      label: 'Messages API',
      message,
      color,
      isError: color === 'critical',
    });
    const svg = badgeReport(changed, catalogue);
    expect(svg).toContain(`aria-label="Messages API: ${message}"`);
    expect(await xmlProblems(svg)).toEqual([]);
  });
});
