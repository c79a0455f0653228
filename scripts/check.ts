// Everything that must hold besides the tests: types, lint, format, unused code, generated files, the package's shape.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', bin('tsc'), '--project', 'tsconfig.json'],
  ['lint', bin('oxlint'), '--deny-warnings'],
  ['format', bin('oxfmt'), '--check'],
  ['unused code', bin('knip')],
  ['generated files', process.execPath, 'scripts/generate.ts', '--check'],
  ['catalogue', process.execPath, 'scripts/generate-catalogue.ts', '--check'],
  ['package', bin('publint'), '--strict'],
];

const failed = steps.filter(([name, command, ...args]) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}\n`);
  return status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
