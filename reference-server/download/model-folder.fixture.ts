/** A folder of models for a test, and what lies in it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bundledModelPath } from '../package-root.ts';

/** The bundled model's file: small, and whole. */
export const tiny: Buffer = await readFile(bundledModelPath);

/** Removed when the test is over. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'models-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The names of the files in a folder and all below it. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((item) => item.isFile())
    .map(({ name }) => name)
    .toSorted();
}

/** Without a difference to print, which of two files would take minutes. */
export async function isTiny(path: string): Promise<boolean> {
  return tiny.equals(await readFile(path));
}
