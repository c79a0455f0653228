// Every example as a user would have it: beside the packed package, with the dependencies that it names, run by its own `npm test`.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'conformance-examples-'));
const modules = join(folder, 'node_modules');
/** Those that are packages; what is for CI has a test of its own. */
const examples = globSync('*/package.json', { cwd: join(root, 'examples') })
  .map((file) => dirname(file))
  .toSorted();
const hasPython = spawnSync('python3', ['--version']).status === 0;

beforeAll(() => {
  linkDependencies();
  unpackPackage(join(modules, 'messages-conformance'));
  for (const name of examples) cpSync(join(root, 'examples', name), join(folder, name), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What the repository has installed, so that nothing comes from the registry. */
function linkDependencies(): void {
  for (const place of ['.', '.bin', ...globSync('@*', { cwd: join(root, 'node_modules') })]) {
    mkdirSync(join(modules, place), { recursive: true });
    for (const name of readdirSync(join(root, 'node_modules', place))) {
      if (name.startsWith(place === '.' ? '@' : '.') || name === '.bin') continue;
      symlinkSync(join(root, 'node_modules', place, name), join(modules, place, name));
    }
  }
}

function unpackPackage(target: string): void {
  const packed: unknown = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const [{ filename = '' } = {}] = packed as readonly { readonly filename?: string }[];
  mkdirSync(target);
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components=1']);
  // What npm does at an installation.
  chmodSync(join(target, 'dist/cli/bin.cjs'), 0o755);
  symlinkSync('../messages-conformance/dist/cli/bin.cjs', join(modules, '.bin/conformance'));
}

/** What a command that fails has written; undefined where it succeeds. Nothing of the environment of this test reaches the example. */
function failureOf(directory: string, command: string, ...args: readonly string[]): string | undefined {
  const env = { PATH: process.env['PATH'], HOME: tmpdir(), NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: join(folder, directory), env, encoding: 'utf8', timeout: 120_000 });
  return status === 0 ? undefined : `exit status ${status}\n${stdout}${stderr}`;
}

describe('The examples', () => {
  test.for(examples)('%s passes', (name, { skip }) => {
    skip(name.startsWith('python-') && !hasPython, 'there is no python3 on this machine');
    expect(failureOf(name, 'npm', 'test')).toBeUndefined();
  });

  test('have the types of the published package', () => {
    const files = examples.flatMap((name) => globSync('*.ts', { cwd: join(folder, name) }).map((file) => join(name, file)));
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--types', 'node', '--skipLibCheck'];
    expect(failureOf('.', 'node_modules/.bin/tsc', ...options, '--allowImportingTsExtensions', ...files)).toBeUndefined();
  });
});
