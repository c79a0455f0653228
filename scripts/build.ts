// Makes `dist`: tsc for the sources, then the files that tsc does not copy.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** What the package needs at run time besides compiled sources. */
const assets = ['spec/generated/*.js', 'spec/generated/*.d.ts', 'spec/schemas/**/*.json', 'reference-server/model/*.gguf'];

rmSync(dist, { recursive: true, force: true });
execFileSync(join(root, 'node_modules/.bin/tsc'), ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const file of globSync(assets, { cwd: root })) {
  const target = join(dist, file);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, file), target);
}
// npm marks a command as executable when it installs it; a rebuilt one has to be marked again.
chmodSync(join(dist, 'cli/bin.cjs'), 0o755);
