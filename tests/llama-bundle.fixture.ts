/** Files of llama.cpp out of the git bundle that node-llama-cpp comes with. Nothing is checked out. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const bundle = join(dirname(createRequire(import.meta.url).resolve('node-llama-cpp')), '../llama/gitRelease.bundle');
const largestFile = 64 * 1024 * 1024;

/** Why nothing can be taken from it here; undefined where it can. */
export function bundleIsMissing(): string | undefined {
  if (spawnSync('git', ['--version']).status !== 0) return 'there is no git';
  return existsSync(bundle) ? undefined : `there is no ${bundle}`;
}

/** Reads files of the bundle, which it unpacks into an empty folder. */
export function openBundle(folder: string): (path: string) => Buffer {
  const git = (...words: readonly string[]): Buffer =>
    execFileSync('git', ['--git-dir', folder, ...words], { maxBuffer: largestFile, stdio: ['ignore', 'pipe', 'pipe'] });
  git('init', '--quiet', '--bare');
  git('fetch', '--quiet', bundle, 'HEAD:refs/heads/release');
  return (path) => git('show', `release:${path}`);
}
