/** What there is of a file while it is downloaded: beside it, under a name that no model has, and kept when the download breaks off. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asText } from '../../spec/as-text.ts';
import { StartError } from '../start-error.ts';

export class PartFile implements AsyncDisposable {
  /** Where the bytes are until the file is whole. */
  readonly path: string;
  readonly #target: string;
  readonly #handle: FileHandle;
  readonly #isHashed: boolean;
  #length: number;
  #hash: Hash | undefined;

  private constructor(target: string, handle: FileHandle, length: number, isHashed: boolean) {
    this.path = partPath(target);
    this.#target = target;
    this.#handle = handle;
    this.#length = length;
    this.#isHashed = isHashed;
  }

  /** Opens what is left of an earlier download of the file, or begins. Nobody else may hold it; see `lockFile`. */
  static async open(target: string, isHashed: boolean): Promise<PartFile> {
    try {
      await mkdir(dirname(target), { recursive: true });
      const handle = await open(partPath(target), 'a');
      return new PartFile(target, handle, (await handle.stat()).size, isHashed);
    } catch (error) {
      throw notWritable(error, target);
    }
  }

  get length(): number {
    return this.#length;
  }

  /** The ETag or date that the bytes had; undefined where they had none. */
  async validator(): Promise<string | undefined> {
    const text = await readFile(validatorPath(this.#target), 'utf8').catch(() => '');
    return text === '' ? undefined : text;
  }

  /** Throws away what there is, for bytes with another validator. */
  async restart(validator: string | undefined): Promise<void> {
    await this.#handle.truncate(0);
    this.#length = 0;
    this.#hash = undefined;
    if (validator === undefined) await rm(validatorPath(this.#target), { force: true });
    else await writeFile(validatorPath(this.#target), validator);
  }

  async append(bytes: Uint8Array): Promise<void> {
    // What was there before this download is hashed at its end, if ever.
    if (this.#isHashed && this.#length === 0) this.#hash = createHash('sha256');
    try {
      await this.#handle.appendFile(bytes);
    } catch (error) {
      throw notWritable(error, this.#target);
    }
    this.#hash?.update(bytes);
    this.#length += bytes.length;
  }

  /** Of all bytes, in hexadecimal. */
  async sha256(): Promise<string> {
    if (this.#hash !== undefined) return this.#hash.copy().digest('hex');
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(this.path)) hash.update(bytes);
    return hash.digest('hex');
  }

  /** @throws StartError where the disk has no room for so many more bytes. */
  async requireRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(dirname(this.#target));
    const free = bavail * bsize;
    if (bytes <= free) return;
    const folder = dirname(this.#target);
    throw new StartError('disk-full', `The model needs ${gigabytes(bytes)} more, but the disk of ${folder} has ${gigabytes(free)} left.`);
  }

  /** Gives the file its name: from now on it is a model. */
  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.path, this.#target);
    await rm(validatorPath(this.#target), { force: true });
  }

  /** Throws away what could never become the file. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await Promise.all([rm(this.path, { force: true }), rm(validatorPath(this.#target), { force: true })]);
  }

  /** Lets go of it; what there is stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

function partPath(target: string): string {
  return `${target}.part`;
}

function validatorPath(target: string): string {
  return `${target}.part.version`;
}

/** What the file system said, as a sentence. */
export function notWritable(error: unknown, target: string): StartError {
  const code = error instanceof Error && 'code' in error ? asText(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StartError(
      'disk-full',
      `The disk of ${dirname(target)} is full. What was downloaded is kept; make room and try again.`,
      error,
    );
  }
  return new StartError(
    'model-unreadable',
    `The folder of models ${dirname(target)} cannot be written (${code}). Choose one with --model-dir.`,
    error,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1)} GB`;
}
