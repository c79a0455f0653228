import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import schema from '../../spec/schemas/config.json' with { type: 'json' };
import { readConfig } from './config-file.ts';
import { definitions } from './definitions.ts';

describe('conformance.config.json', () => {
  it('is not needed', async () => {
    expect(await readConfig(undefined, scratch())).toEqual({});
  });

  it('is read from the working directory, its paths relative to itself', async () => {
    const folder = scratch({ $schema: 'x', baseUrl: 'http://h', only: ['stream.*'], ca: 'ca.pem', output: 'out' });
    expect(await readConfig(undefined, folder)).toEqual({
      $schema: 'x',
      baseUrl: 'http://h',
      only: ['stream.*'],
      ca: join(folder, 'ca.pem'),
      output: join(folder, 'out'),
    });
  });

  it('finds reports and the baseline beside itself', async () => {
    const folder = scratch({ report: { junit: 'out/junit.xml', html: '/tmp/page.html' }, baseline: 'known.json', strictBaseline: true });
    expect(await readConfig(undefined, folder)).toEqual({
      report: { junit: join(folder, 'out/junit.xml'), html: '/tmp/page.html' },
      baseline: join(folder, 'known.json'),
      strictBaseline: true,
    });
  });

  it.each([
    [{ report: { pdf: 'a.pdf' } }, 'conformance.config.json: report must NOT have additional properties: "pdf".'],
    [{ modle: 'x' }, 'conformance.config.json: there is no setting "modle"; did you mean model?'],
    [{ apiKey: 'x' }, 'conformance.config.json: there is no setting "apiKey"; did you mean apiKeyEnv?'],
    [{ qqqqqqq: 1 }, 'conformance.config.json: there is no setting "qqqqqqq".'],
    [{ concurrency: 0 }, 'conformance.config.json: concurrency must be >= 1.'],
    [{ level: 'all' }, 'conformance.config.json: level must be equal to one of the allowed values: must, should, may.'],
    [[], 'conformance.config.json: the file must be object.'],
  ])('is refused in one sentence: %j', async (content, sentence) => {
    await expect(readConfig(undefined, scratch(content))).rejects.toThrow(sentence);
  });

  it('is refused where it is not JSON, or named and not there', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'c.json'), '{');
    await expect(readConfig('c.json', folder)).rejects.toThrow(/^c\.json is not JSON: /);
    await expect(readConfig('nope.json', folder)).rejects.toThrow('Cannot read nope.json: no such file or directory.');
  });

  it('may begin with a byte order mark, as editors on Windows write it', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'c.json'), '\uFEFF{"model":"m"}');
    expect(await readConfig('c.json', folder)).toEqual({ model: 'm' });
  });

  it('knows every setting that is a flag', () => {
    expect(Object.keys(schema.properties).toSorted()).toEqual(['$schema', ...Object.keys(definitions)].toSorted());
  });
});

function scratch(config?: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  if (config !== undefined) writeFileSync(join(folder, 'conformance.config.json'), JSON.stringify(config));
  return folder;
}
