/** One process downloads a file at a time: two that append to the same one would make garbage of it. */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from '../start-error.ts';
import { notWritable } from './part-file.ts';

/** Holds the lock beside the file until it is disposed. A lock of a process that is no more is taken over. @throws StartError where another process has it. */
export async function lockFile(target: string): Promise<AsyncDisposable> {
  const path = `${target}.lock`;
  for (let isSecond = false; ; isSecond = true) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await using file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw notWritable(error, target);
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isSecond || isAlive(holder)) {
      throw new StartError(
        'download-failed',
        `Process ${holder} downloads this model already. Wait for it, or delete ${path} if it does not.`,
      );
    }
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
