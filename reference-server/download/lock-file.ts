/** One process downloads a file at a time: two that append to the same one would make garbage of it. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from '../start-error.ts';
import { notWritable } from './part-file.ts';

/** Tokens of the locks that this process holds. In a container another start has had the same process id, often 1. */
const own = new Set<string>();

/** A name that cannot be read although it is there, as a link into nowhere, is no lock to wait for. */
const mostAttempts = 100;

const linkless: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Holds the lock beside the file until it is disposed. A lock of a process that is no more is taken over. @throws StartError where another process has it. */
export async function lockFile(target: string): Promise<AsyncDisposable> {
  const path = `${target}.lock`;
  const token = randomUUID();
  const content = `${process.pid} ${token}`;
  own.add(token);
  try {
    await acquire(path, content);
  } catch (error) {
    own.delete(token);
    throw error instanceof StartError ? error : notWritable(error, target);
  }
  return {
    async [Symbol.asyncDispose]() {
      // Somebody may have deleted it, and another process have it by now.
      if ((await contentOf(path)) === content) await rm(path, { force: true });
      own.delete(token);
    },
  };
}

async function acquire(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    if (await isPlaced(path, content)) return;
    const found = await contentOf(path);
    if (found === undefined) continue;
    if (isHeld(found)) throw heldBy(found, path);
    await removeStale(path, found);
  }
  throw new StartError('download-failed', `The lock ${path} of a download cannot be read: delete it.`);
}

/** With what is in it, at once: nobody ever sees a lock that does not say whose it is. */
async function isPlaced(path: string, content: string): Promise<boolean> {
  const fresh = `${path}.${randomUUID()}`;
  try {
    await writeFile(fresh, content, { flag: 'wx' });
    await linkOrWrite(fresh, path, content);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Disks that are carried about, as of exFAT, have no links: there the lock is for a moment one that says nothing. */
async function linkOrWrite(fresh: string, path: string, content: string): Promise<void> {
  try {
    await link(fresh, path);
  } catch (error) {
    if (!linkless.has(codeOf(error))) throw error;
    await writeFile(path, content, { flag: 'wx' });
  }
}

/** Only who has the lock of the lock may remove it, so that what is removed is what was read, and not the lock of one who was faster. */
async function removeStale(path: string, stale: string): Promise<void> {
  await using _turn = await lockFile(path);
  if ((await contentOf(path)) === stale) await rm(path, { force: true });
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function heldBy(content: string, path: string): StartError {
  return new StartError(
    'download-failed',
    `Process ${Number.parseInt(content, 10)} downloads this model already. Wait for it, or delete ${path} if it does not.`,
  );
}

function isHeld(content: string): boolean {
  const [holder, token = ''] = content.split(' ');
  const pid = Number(holder);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return own.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
