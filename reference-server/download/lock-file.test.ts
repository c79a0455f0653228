import { execFile } from 'node:child_process';
import type * as fs from 'node:fs/promises';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { lockFile } from './lock-file.ts';

const disk = vi.hoisted(() => ({ hasLinks: true }));
vi.mock('node:fs/promises', async (load) => {
  const actual = await load<typeof fs>();
  const refused = (): Promise<void> => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
  return { ...actual, link: (from: string, to: string) => (disk.hasLinks ? actual.link(from, to) : refused()) };
});

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  target = join(folder, 'm.gguf');
});

/**
 * Takes the lock again and again. Whoever has it says so in a file that may not be there yet, and every other time leaves the lock as one
 * who died does, for the next one to take over. Prints how often it met another process inside.
 */
const contender = `
import { renameSync, rmSync, writeFileSync } from 'node:fs';
const { lockFile } = await import(process.argv[1]);
const target = process.argv[2];
let met = 0;
for (let turn = 0; turn < 60;) {
  let lock;
  try {
    lock = await lockFile(target);
  } catch (error) {
    if (error.code !== 'download-failed') throw error;
    continue;
  }
  turn += 1;
  try {
    writeFileSync(target + '.inside', '', { flag: 'wx' });
  } catch {
    met += 1;
  }
  await new Promise(setImmediate);
  rmSync(target + '.inside', { force: true });
  if (turn % 2 === 0) {
    await lock[Symbol.asyncDispose]();
  } else {
    writeFileSync(target + '.dead' + process.pid, '99999999 ' + turn);
    renameSync(target + '.dead' + process.pid, target + '.lock');
  }
}
process.stdout.write(String(met));
`;

test('of several processes at once one has the lock, whatever those before it left', async () => {
  await writeFile(`${target}.lock`, '99999999');
  const module = new URL('lock-file.ts', import.meta.url).href;
  const args = ['--input-type=module', '--eval', contender, module, target];
  const outputs = await Promise.all(Array.from({ length: 5 }, () => promisify(execFile)(process.execPath, args)));
  expect(outputs.map(({ stdout }) => stdout)).toEqual(['0', '0', '0', '0', '0']);
}, 60_000);

test('a lock says whose it is, and leaves nothing behind', async () => {
  const lock = await lockFile(target);
  expect(await readdir(folder)).toEqual(['m.gguf.lock']);
  expect(await readFile(`${target}.lock`, 'utf8')).toMatch(new RegExp(`^${process.pid} [0-9a-f-]{36}$`, 'u'));
  await expect(lockFile(target)).rejects.toThrow(`Process ${process.pid} downloads this model already.`);
  await lock[Symbol.asyncDispose]();
  expect(await readdir(folder)).toEqual([]);
});

test.each(['', ' 7b1d3c4e-0000-4000-8000-000000000000'])(
  'a lock that an earlier process with the same id left is nobody’s: %s',
  async (token) => {
    await writeFile(`${target}.lock`, `${process.pid}${token}`);
    await using lock = await lockFile(target);
    expect(lock).toBeDefined();
  },
);

test('a lock that has become somebody else’s stays', async () => {
  const lock = await lockFile(target);
  await writeFile(`${target}.lock`, `${process.ppid} other`);
  await lock[Symbol.asyncDispose]();
  expect(await readFile(`${target}.lock`, 'utf8')).toBe(`${process.ppid} other`);
});

test('what is in the way of a lock is told, not waited for', async () => {
  await symlink(join(folder, 'nowhere'), `${target}.lock`);
  await expect(lockFile(target)).rejects.toThrow(`The lock ${target}.lock of a download cannot be read: delete it.`);
  await mkdir(join(folder, 'other.lock'));
  await expect(lockFile(join(folder, 'other'))).rejects.toMatchObject({ name: 'StartError', code: 'model-unreadable' });
});

test('a disk without links has locks too', async () => {
  disk.hasLinks = false;
  onTestFinished(() => void (disk.hasLinks = true));
  await using _lock = await lockFile(target);
  expect(await readdir(folder)).toEqual(['m.gguf.lock']);
  await expect(lockFile(target)).rejects.toThrow(`Process ${process.pid} downloads this model already.`);
});
