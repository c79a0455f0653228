/** Which model files have been loaded without harm, kept beside downloaded models. What cannot be kept is tried again. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './download/model-folder.ts';
import { partsOf } from './download/model-files.ts';

/** All files of a model as they are now. */
export interface ModelFiles {
  /** The first one. */
  readonly path: string;
  /** Bytes of all. */
  readonly size: number;
  /** Of the last one that was written. */
  readonly changedAt: number;
}

/** Undefined where one of them is not there. */
export async function modelFiles(path: string): Promise<ModelFiles | undefined> {
  try {
    const parts = await Promise.all(partsOf(path).map((part) => stat(part)));
    if (!parts.every((part) => part.isFile())) return undefined;
    return {
      path: await realpath(path),
      size: parts.reduce((sum, { size }) => sum + size, 0),
      changedAt: Math.max(...parts.map(({ mtimeMs }) => mtimeMs)),
    };
  } catch {
    return undefined;
  }
}

export class TriedModels {
  readonly #engineVersion: string;
  readonly #folder: string;

  constructor(engineVersion: string, folder: string = join(cacheFolder(), 'tried')) {
    this.#engineVersion = engineVersion;
    this.#folder = folder;
  }

  async has(files: ModelFiles): Promise<boolean> {
    try {
      return (await readFile(this.#note(files), 'utf8')) === this.#text(files);
    } catch {
      return false;
    }
  }

  async add(files: ModelFiles): Promise<void> {
    const note = this.#note(files);
    const draft = `${note}.${process.pid}`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(draft, this.#text(files));
      await rename(draft, note);
    } catch {
      // A folder that cannot be written to costs the next start a trial, no more.
    }
  }

  /** One for each place: a file that is replaced replaces its note too. */
  #note({ path }: ModelFiles): string {
    return join(this.#folder, `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.json`);
  }

  #text(files: ModelFiles): string {
    const machine = `${process.platform}-${process.arch}`;
    return `${JSON.stringify({ ...files, engine: this.#engineVersion, machine })}\n`;
  }
}
