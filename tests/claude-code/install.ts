/** The pinned Claude Code, fetched once from the npm registry into the user's cache and reused by later runs. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../reference-server/download/model-folder.ts';

/** The version whose traffic this project was built against. Another one: `--claude PATH`. */
export const pinnedVersion = '2.1.329';

const name = '@anthropic-ai/claude-code';

/** Path of the native binary, installed where it is not there yet. Nothing of the package is run while it is installed. */
export function installClaudeCode(tell: (line: string) => void): string {
  // No folder that others can write: what lies in it is run.
  const cache = join(cacheFolder(), 'claude-code');
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const folder = join(cache, pinnedVersion);
  if (!existsSync(folder)) fetchInto(folder, tell);
  tell(`Claude Code ${pinnedVersion} is in ${folder}, and stays there for the next run.`);
  return binaryIn(folder);
}

function fetchInto(folder: string, tell: (line: string) => void): void {
  const fresh = mkdtempSync(`${folder}-`);
  tell(`npm install ${name}@${pinnedVersion}: some 380 MB, from the registry`);
  try {
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
    execFileSync('npm', ['install', '--prefix', fresh, ...options, `${name}@${pinnedVersion}`], { stdio: ['ignore', 'ignore', 'inherit'] });
    binaryIn(fresh);
    // At once, so that a fetch that was broken off is never taken for a whole one.
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The binary is a package of its own, one for each platform, of which npm installs the fitting one. */
function binaryIn(folder: string): string {
  const [binary] = globSync(`node_modules/${name}-*/claude{,.exe}`, { cwd: folder });
  if (binary === undefined) throw new Error(`${name} has no binary for ${process.platform} ${process.arch} in ${folder}.`);
  return join(folder, binary);
}
