import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNames } from '../../reports/formats.ts';
import schema from '../../spec/schemas/config.json' with { type: 'json' };
import { outputsOf, parseReports } from './outputs.ts';

const given = (...texts: readonly string[]): Parameters<typeof parseReports>[0] => texts.map((text) => ({ text, origin: '--report' }));

describe('--report', () => {
  it('takes a format and a path, several times or with commas', () => {
    expect(parseReports(given('junit=a.xml', 'markdown=b,c.md,badge=e.svg'))).toEqual([
      { format: 'junit', path: 'a.xml' },
      { format: 'markdown', path: 'b,c.md' },
      { format: 'badge', path: 'e.svg' },
    ]);
  });

  it.each([
    [['junt=a.xml'], /not "junt"; did you mean junit\?$/],
    [['a.xml'], /^--report takes FORMAT=PATH, where the format is terminal, .* or shields, not "a\.xml"\.$/],
    [['junit'], '--report junit needs a path, as in --report junit=report.xml.'],
    [['junit='], '--report junit needs a path, as in --report junit=report.xml.'],
    [['junit=a', 'ctrf=a'], 'Two reports would be written to a; give each a path of its own.'],
  ])('refuses %j in one sentence', (texts, sentence) => {
    expect(() => parseReports(given(...texts))).toThrow(sentence);
  });

  it('comes from flags, else from the environment, else from the file', async () => {
    const file = { report: { junit: '/f.xml', har: '/f.har' } };
    const environment = { CONFORMANCE_REPORT: 'junit=e.xml,ctrf=e.json' };
    expect((await outputsOf({ report: ['badge=b.svg'] }, environment, file)).reports).toEqual([{ format: 'badge', path: 'b.svg' }]);
    expect((await outputsOf({}, environment, file)).reports.map(({ path }) => path)).toEqual(['e.xml', 'e.json']);
    expect((await outputsOf({}, {}, file)).reports).toEqual([
      { format: 'junit', path: '/f.xml' },
      { format: 'har', path: '/f.har' },
    ]);
  });

  it('has the same formats in the file', () => {
    expect(Object.keys(schema.properties.report.properties)).toEqual(formatNames);
  });
});

describe('the baseline', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'b.json');
  const entries = [{ check: 'http.response.complete', reason: 'x' }];
  writeFileSync(path, JSON.stringify({ format: 'messages-conformance/baseline', formatVersion: 1, entries }));

  it('is read where it is named', async () => {
    expect(await outputsOf({ baseline: path, strictBaseline: true, writeBaseline: 'n.json' }, {}, {})).toEqual({
      reports: [],
      baseline: { entries, file: path, strict: true },
      writeBaseline: 'n.json',
    });
    expect((await outputsOf({}, { CONFORMANCE_BASELINE: path, CONFORMANCE_STRICT_BASELINE: '1' }, {})).baseline?.strict).toBe(true);
    expect((await outputsOf({}, { CONFORMANCE_STRICT_BASELINE: '0' }, { baseline: path, strictBaseline: true })).baseline?.strict).toBe(
      false,
    );
    expect((await outputsOf({}, {}, {})).baseline).toBeUndefined();
  });

  it('must be there where it is to be strict', async () => {
    await expect(outputsOf({ strictBaseline: true }, {}, {})).rejects.toThrow(
      '--strict-baseline needs the baseline that it is about; name it with --baseline FILE.',
    );
    await expect(outputsOf({ baseline: '/nowhere.json' }, {}, {})).rejects.toThrow('Cannot read /nowhere.json: no such file or directory.');
  });
});
