// The built command: what it says to mistakes, what it exits with, and that it starts on whatever Node the machine has.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { conformance } from './cli.fixture.ts';

const bin = resolve(import.meta.dirname, '../dist/cli/bin.cjs');

describe('a mistake ends with exit 2, one sentence, and no stack', () => {
  test.each([
    [['--modle', 'x'], "Unknown option '--modle'; did you mean --model?"],
    [['lst'], 'There is no command "lst"; did you mean list?'],
    [['http://localhost:8000'], 'Name the server with --base-url http://localhost:8000.'],
    [[], 'No server to check; name one, as in: npx messages-conformance --base-url http://127.0.0.1:8000 --model NAME'],
    [['--base-url', 'localhost:8000'], '"localhost:8000" is not a base URL; write it like http://127.0.0.1:8000.'],
    [['--profile', 'vlm'], 'There is no profile "vlm"; did you mean vllm?'],
    [
      ['--base-url', 'http://127.0.0.1:9', '--only', 'nothing.*'],
      '--only nothing.* matches no check; see "npx messages-conformance list".',
    ],
    [
      ['--base-url', 'http://127.0.0.1:9', '--ca', '/nowhere.pem'],
      'Cannot read the certificates in /nowhere.pem: no such file or directory.',
    ],
    [['--base-url', 'http://127.0.0.1:9', '--quiet', '--verbose'], '--quiet and --verbose exclude each other.'],
    [
      ['explain', 'stream.order.message-stop'],
      'There is no check "stream.order.message-stop"; did you mean stream.order.message-stop-once?',
    ],
    [['explain'], "Missing required argument 'id'; see --help."],
    [['list', '--level', 'shoud'], '--level takes must, should or may, not "shoud"; did you mean should?'],
    [['mock', '--port', '70000'], '--port takes a number from 0 to 65535, not "70000".'],
    [['serve', '--api-key-env', 'NOPE'], 'The environment variable NOPE, named by --api-key-env, is not set.'],
  ])('%j', async (words, sentence) => {
    const { code, stdout, stderr } = await conformance(words);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  test('a folder that cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'file');
    writeFileSync(file, '');
    const { status, stderr } = spawnSync(process.execPath, [bin, '--base-url', 'http://127.0.0.1:9', '--output', file], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toBe(`Cannot write ${file}: it is not a folder. Choose another folder with --output DIR.\n`);
  });
});

describe('commands that only read', () => {
  test('list prints all checks, as JSON with the promised fields', async () => {
    const { code, stdout } = await conformance(['list', '--json']);
    expect(code).toBe(0);
    const [first]: readonly unknown[] = JSON.parse(stdout);
    expect(Object.keys(first ?? {})).toEqual(['id', 'level', 'layer', 'area', 'requirement', 'source', 'breaks', 'probes']);
  });

  test('list selects like a run', async () => {
    const { stdout } = await conformance(['list', '--only', 'stream.order.*', '--skip', '*message-stop*', '--level', 'must']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.every((line) => /^stream\.order\.\S+ +must {4}\S/.test(line))).toBe(true);
  });

  test('--help names every command and the flags of run', async () => {
    const { code, stdout } = await conformance(['--help']);
    expect(code).toBe(0);
    for (const word of ['list', 'explain', 'serve', 'mock', '--base-url', '--api-key-env', '--require']) expect(stdout).toContain(word);
  });

  test('a reader that goes away early is no fault', () => {
    const script = `"${process.execPath}" "${bin}" list | head -1; echo "$\{PIPESTATUS[0]}"`;
    const result = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.stdout.trimEnd().split('\n').at(-1)).toBe('0');
  });
});

describe('on a Node that is too old', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const pretend = join(folder, 'pretend.cjs');
  writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '20.20.2' });`);

  test('the command runs again on the one that the clone brings', () => {
    const version = execFileSync(process.execPath, ['--require', pretend, bin, '--version'], { encoding: 'utf8' });
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('its exit code is passed on', () => {
    expect(spawnSync(process.execPath, ['--require', pretend, bin, 'lst']).status).toBe(2);
  });

  test('elsewhere one sentence says what is needed', () => {
    const alone = join(folder, 'bin.cjs');
    copyFileSync(bin, alone);
    const { status, stderr } = spawnSync(process.execPath, ['--require', pretend, alone, '--version'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toBe('messages-conformance needs Node 22.19 or newer; this is 20.20.2. Install a newer one from https://nodejs.org.\n');
  });
});
