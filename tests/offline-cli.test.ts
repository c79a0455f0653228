// `conformance judge`, `proxy`, `compare` and `matrix` of the built package, as a user types them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunRecord } from '../spec/index.ts';
import { conformance, startServer } from './cli.fixture.ts';

const bin = resolve(import.meta.dirname, '../dist/cli/bin.cjs');
const folder = mkdtempSync(join(tmpdir(), 'conformance-offline-'));
const at = (name: string): string => join(folder, name);
const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1) ?? '';

/** A record of good answers, and one in which a stream lacks its end. */
beforeAll(async () => {
  await using server = await startServer(['mock', '--port', '0']);
  const { record } = await conformance(['--base-url', server.url, '--only', 'stream.order.*,stream.framing.event-line']);
  if (record === undefined) throw new Error('the run wrote no record');
  writeFileSync(at('good.json'), JSON.stringify(record));
  writeFileSync(at('bad.json'), JSON.stringify(spoilt(record)));
});
afterAll(() => rmSync(folder, { recursive: true }));

function spoilt(record: RunRecord): RunRecord {
  const verdicts = record.verdicts.map((verdict) =>
    verdict.check === 'stream.framing.event-line'
      ? { ...verdict, outcome: 'fail' as const, findings: [{ expected: 'an event line', found: 'none' }], findingsTotal: 1 }
      : verdict,
  );
  return { ...record, verdicts, exitCode: 1 };
}

async function piped(
  input: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

describe('judge', () => {
  test('a record of this suite: the verdicts of its run, and nothing more to say', async () => {
    const { code, stdout, stderr } = await conformance(['judge', at('bad.json')]);
    // The faulty verdict was made up; the bytes are good.
    expect([code, stderr]).toEqual([0, '']);
    expect(lastLine(stdout)).toMatch(/^\d\d passed, 0 failed, 0 warnings/);
  });

  test('a record whose fields are sorted is one', async () => {
    const record: RunRecord = JSON.parse(readFileSync(at('good.json'), 'utf8'));
    const sorted = Object.fromEntries(Object.entries(record).toSorted(([left], [right]) => (left < right ? -1 : 1)));
    writeFileSync(at('sorted.json'), JSON.stringify(sorted));
    const { code, stderr } = await conformance(['judge', at('sorted.json')]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('a record of another suite is said to be one', async () => {
    const record: RunRecord = JSON.parse(readFileSync(at('good.json'), 'utf8'));
    writeFileSync(at('old.json'), JSON.stringify({ ...record, suite: { version: '0.0.9', catalogue: 'ffffffffffffffff' } }));
    const { code, stderr } = await conformance(['judge', at('old.json')]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /^Recorded by messages-conformance 0\.0\.9 \(catalogue ffffffff\), judged by \S+ \(catalogue \w{8}\): steps that the recording lacks leave checks inconclusive\.\n$/,
      ),
    ]);
  });

  test('standard input: a stream that breaks off is exit 1, with a report beside it', async () => {
    const { code, stdout, stderr } = await piped(
      'event: message_start\ndata: {"type":"message_start"}\n\n',
      'judge',
      '-',
      '--report',
      `json=${at('judged.json')}`,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Taken for one event stream, complete, in answer to a valid request;/);
    expect(stdout).toContain('stream.order.ends-with-message-stop');
    const record: RunRecord = JSON.parse(readFileSync(at('judged.json'), 'utf8'));
    expect(record.exitCode).toBe(1);
  });

  test.for([
    ['a file that is not there', ['judge', 'nowhere.json'], 'Cannot read nowhere.json: no such file or directory.\n'],
    ['a wrong choice', ['judge', 'x', '--level', 'shall'], '--level takes must, should or may, not "shall".\n'],
    ['no file', ['judge'], "Missing required argument 'file'; see --help.\n"],
  ] as const)('%s: one sentence, exit 2', async ([, args, sentence]) => {
    const { code, stdout, stderr } = await conformance([...args]);
    expect([code, stdout, stderr]).toEqual([2, '', sentence]);
  });

  test('a record cut short: one sentence, exit 2', async () => {
    writeFileSync(at('cut.json'), readFileSync(at('good.json'), 'utf8').slice(0, 5000));
    const { code, stderr } = await conformance(['judge', at('cut.json')]);
    expect([code, stderr]).toEqual([2, `${at('cut.json')} is a run record cut short.\n`]);
  });
});

describe('compare', () => {
  test('names what broke; exit 1 only where that is asked for', async () => {
    const plain = await conformance([
      'compare',
      at('good.json'),
      at('bad.json'),
      '--report',
      `html=${at('c.html')}`,
      '--report',
      `markdown=${at('c.md')}`,
    ]);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toContain('Newly broken (1)\n  1      2\n  pass   FAIL   stream.framing.event-line (must)\n');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['c.html', 'c.md']));
    expect((await conformance(['compare', at('good.json'), at('bad.json'), '--fail-on-new'])).code).toBe(1);
    expect((await conformance(['compare', at('bad.json'), at('good.json'), '--fail-on-new'])).code).toBe(0);
  });

  test.for([
    ['one record', ['good.json'], 'Name two records or more; the others are held against the first.\n'],
    ['no record', ['good.json', 'c.none'], /^Cannot read .*c\.none: no such file or directory\.\n$/],
    [
      'an unknown format',
      ['good.json', 'bad.json', '--report', 'pdf=x'],
      /^--report takes FORMAT=PATH, where the format is terminal, markdown or html, not "pdf"\.\n$/,
    ],
  ] as const)('%s: one sentence, exit 2', async ([, args, sentence]) => {
    const { code, stderr } = await conformance(['compare', ...args.map((word) => (/\.(json|none)$/.test(word) ? at(word) : word))]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });
});

test('matrix: a site of the records in a folder, and a line for what is none', async () => {
  writeFileSync(at('other.json'), '{}');
  const { code, stdout, stderr } = await conformance(['matrix', folder, '-o', at('site')]);
  expect([code, stdout]).toEqual([0, `${at('site/index.html')}\n`]);
  expect(stderr).toContain(`Left out: ${at('other.json')} is not a run record of messages-conformance.\n`);
  expect(readdirSync(at('site'))).toEqual(expect.arrayContaining(['bad.html', 'good.html', 'index.html']));
  expect(await conformance(['matrix', at('site')])).toMatchObject({
    code: 2,
    stderr: `There is no run record in ${at('site')}; "npx messages-conformance run" writes record.json.\n`,
  });
});

test('proxy: passes on, tells each exchange, and writes record and reports when it is interrupted', async () => {
  await using server = await startServer(['mock', '--port', '0']);
  const child = spawn(
    process.execPath,
    [bin, 'proxy', '--upstream', server.url, '--output', at('proxied'), '--report', `har=${at('proxied.har')}`],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const stderr = text(child.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: url } = await lines.next();
  const response = await fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'a-canary-key-0123456789' },
    body: JSON.stringify({ model: 'mock-model', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] }),
  });
  expect(response.status).toBe(200);
  await response.text();
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(await stderr).toMatch(/\nx1 POST \/v1\/messages 200, \d+ ms: nothing wrong\n$/);
  const record: RunRecord = JSON.parse(readFileSync(at('proxied/record.json'), 'utf8'));
  expect([record.totals.fail, record.exchanges.length, record.target.baseUrl]).toEqual([0, 1, server.url]);
  expect(readFileSync(at('proxied/record.json'), 'utf8') + readFileSync(at('proxied.har'), 'utf8')).not.toContain('canary');
});
