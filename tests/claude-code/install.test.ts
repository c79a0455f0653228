import { chmod, mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { installClaudeCode, pinnedVersion } from './install.ts';

const binary = 'node_modules/@anthropic-ai/claude-code-some-platform/claude';
/** Installs a file of that name into the folder after `--prefix`, which is the third argument. */
const npm = `#!/bin/sh\nmkdir -p "$3/${dirname(binary)}" && : > "$3/${binary}"\n`;

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'claude-')));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'npm'), npm);
  await chmod(join(folder, 'bin', 'npm'), 0o755);
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
});

test.skipIf(process.platform === 'win32')(
  'the binary is in a folder of the user’s alone, never one that somebody put into /tmp',
  async () => {
    const planted = join(folder, 'tmp', `messages-conformance-claude-code-${pinnedVersion}`, binary);
    await mkdir(dirname(planted), { recursive: true });
    await writeFile(planted, '');
    const told: string[] = [];
    const home = join(folder, 'cache', 'messages-conformance', 'claude-code');
    expect(installClaudeCode((line) => told.push(line))).toBe(join(home, pinnedVersion, binary));
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect(installClaudeCode((line) => told.push(line))).toBe(join(home, pinnedVersion, binary));
    expect(told.filter((line) => line.startsWith('npm install'))).toHaveLength(1);
  },
);
