// Reports, baselines and bundles from the built command: what is written, what gates, and what is refused.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { dropEvent } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import { junitProblems } from '../reports/junit/validate.fixture.ts';
import { conformance, type Finished } from './cli.fixture.ts';

const failing = 'stream.order.ends-with-message-stop';
const only = ['--only', `${failing},stream.order.has-message-delta`];

/** A run against a server whose streams do, or do not, end as they must. */
async function runAgainst(isBroken: boolean, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  await using server = await listen(createMock({ apiKeys: [] }), {
    port: 0,
    ...(isBroken ? { transform: dropEvent('message_stop') } : {}),
  });
  return await conformance(['--base-url', server.url, ...only, ...args], { env });
}

function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-reports-'));
}

describe('a run', () => {
  test('writes the reports that are asked for, and annotations in GitHub Actions', async () => {
    const folder = scratch();
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('summary.md'), 'Before.\n');
    const { code, stdout } = await runAgainst(
      true,
      ['--report', `junit=${at('deep/junit.xml')}`, '--report', `har=${at('run.har')}`, '--report', `markdown=${at('summary.md')}`],
      { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at('summary.md') },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^::error title=${failing}::`, 'm'));
    expect(stdout.match(/^\s*::/gm)).toHaveLength(1);
    expect(readdirSync(folder).toSorted()).toEqual(['deep', 'run.har', 'summary.md']);
    expect(await junitProblems(readFileSync(at('deep/junit.xml'), 'utf8'))).toEqual([]);
    expect(readFileSync(at('summary.md'), 'utf8')).toMatch(/^Before\.\n# Messages API conformance: failed\n/);
  });

  test('is held against a baseline: known, stale, strict, expired', async () => {
    const file = join(scratch(), 'baseline.json');
    const first = await runAgainst(true, ['--write-baseline', file]);
    expect(first.code).toBe(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ entries: [{ check: failing }] });

    const second = await runAgainst(true, ['--baseline', file, '--strict-baseline']);
    expect(second.code).toBe(0);
    expect(second.record?.verdicts.find(({ check }) => check === failing)).toMatchObject({ outcome: 'fail', known: {} });
    expect(second.stdout).toContain(`fail must known  ${failing}`);

    const fixed = await runAgainst(false, ['--baseline', file]);
    expect(fixed.code).toBe(0);
    expect(fixed.stdout).toContain(`${failing} no longer fails: take the entry out`);
    expect((await runAgainst(false, ['--baseline', file, '--strict-baseline'])).code).toBe(1);

    const entries = [{ check: failing, reason: 'soon', expires: '2020-01-01' }];
    writeFileSync(file, JSON.stringify({ format: 'messages-conformance/baseline', formatVersion: 1, entries }));
    const expired = await runAgainst(true, ['--baseline', file]);
    expect(expired.code).toBe(1);
    expect(expired.stdout).toContain(`${failing} expired, and gates again (2020-01-01)`);
  });
});

describe('a record', () => {
  test('is rendered and taken apart later', async () => {
    const folder = scratch();
    const at = (name: string): string => join(folder, name);
    const { record, stdout } = await runAgainst(true, []);
    writeFileSync(at('record.json'), JSON.stringify(record));
    const printed = await conformance(['report', at('record.json')]);
    expect(printed.code).toBe(0);
    expect(printed.stdout.split('\n').slice(-3)).toEqual(stdout.split('\n').slice(-3));
    const written = await conformance([
      'report',
      at('record.json'),
      '--report',
      `ctrf=${at('c.json')}`,
      '--report',
      `badge=${at('b.svg')}`,
    ]);
    expect(written).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(at('c.json'), 'utf8'))).toMatchObject({ reportFormat: 'CTRF' });
    expect(readFileSync(at('b.svg'), 'utf8')).toContain('1 failed, 1 passed');
    const bundled = await conformance(['repro', failing, at('record.json'), '-o', at('bundle')]);
    expect(bundled).toMatchObject({ code: 0, stdout: `${at('bundle')}: request.json, curl.sh, response, expected.md, issue.md\n` });
    expect(readFileSync(at('bundle/response'), 'utf8')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nevent: message_start\n/);
  });
});

describe('a mistake ends with exit 2, one sentence, and nothing written', () => {
  const folder = scratch();
  const at = (name: string): string => join(folder, name);
  const nowhere = ['--base-url', 'http://127.0.0.1:9'];
  mkdirSync(at('folder'));
  writeFileSync(at('cut.json'), '{"format": "messages-conformance/run-record", "formatVersion": 1, "suite"');
  writeFileSync(at('foreign.json'), '{"log": {}}');
  writeFileSync(at('newer.json'), '{"format": "messages-conformance/run-record", "formatVersion": 9}');
  writeFileSync(
    at('baseline.json'),
    '{"format": "messages-conformance/baseline", "formatVersion": 1, "entries": [{"check": "a.b", "reason": "x"}]}',
  );

  test.each<[readonly string[], string | RegExp]>([
    [[...nowhere, '--report', 'junt=a.xml'], /^--report takes FORMAT=PATH, .* not "junt"; did you mean junit\?$/],
    [[...nowhere, '--report', 'junit'], '--report junit needs a path, as in --report junit=report.xml.'],
    [[...nowhere, '--report', `junit=${at('folder')}`], `Cannot write ${at('folder')}: it is a folder.`],
    [[...nowhere, '--report', `junit=${at('cut.json/x.xml')}`], /^Cannot write .*cut\.json\/x\.xml: .* is not a folder\.$/],
    [
      [...nowhere, '--baseline', at('baseline.json')],
      /names a check that does not exist: a\.b; "npx messages-conformance list" names them all\.$/,
    ],
    [[...nowhere, '--baseline', at('none.json')], `Cannot read ${at('none.json')}: no such file or directory.`],
    [[...nowhere, '--strict-baseline'], '--strict-baseline needs the baseline that it is about; name it with --baseline FILE.'],
    [['report', at('none.json')], `Cannot read ${at('none.json')}: no such file or directory.`],
    [['report', at('cut.json'), '--report', `junit=${at('x.xml')}`], `${at('cut.json')} is a run record cut short.`],
    [
      ['report', at('foreign.json'), '--report', `html=${at('x.html')}`],
      `${at('foreign.json')} is not a run record of messages-conformance.`,
    ],
    [['report', at('newer.json')], /was written by a newer version \(record format 9, this one reads 1\); update messages-conformance\.$/],
    [['repro', failing, at('cut.json'), '-o', at('bundle')], `${at('cut.json')} is a run record cut short.`],
    [['judge', at('cut.json'), '--output', at('judged')], `${at('cut.json')} is a run record cut short.`],
    [
      ['judge', at('foreign.json'), '--output', at('judged')],
      /foreign\.json is JSON of another kind; "npx messages-conformance judge" reads run records, /,
    ],
    [['compare', at('newer.json'), at('cut.json'), '--report', `html=${at('x.html')}`], /newer\.json was written by a newer version /],
    [
      ['matrix', at('folder'), '-o', at('site')],
      `There is no run record in ${at('folder')}; "npx messages-conformance run" writes record.json.`,
    ],
    [
      ['matrix', at('folder'), '-o', at('cut.json')],
      `Cannot write ${at('cut.json')}: it is not a folder. Choose another folder with --output DIR.`,
    ],
    [
      ['proxy', '--upstream', 'localhost', '--output', at('proxied')],
      '"localhost" is not a base URL; write it like http://127.0.0.1:8000.',
    ],
    [['repro', failing], "Missing required argument 'record'; see --help."],
    [['reports'], 'There is no command "reports"; did you mean report?'],
  ])('%j', async (words, sentence) => {
    const { code, stdout, stderr } = await conformance(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder).toSorted()).toEqual(['baseline.json', 'cut.json', 'folder', 'foreign.json', 'newer.json']);
  });
});
