/** Writes files so that nothing half-written stays behind: temporary files in the same folders, renamed when all of them are complete. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ReportError, systemReason } from './errors.ts';

export interface OutputFile {
  readonly path: string;
  /** In pieces where it is long. */
  readonly text: string | Iterable<string>;
  /** Whether it goes behind what the file holds already. */
  readonly append?: boolean;
}

/**
 * Finds out whether a file can be written, and makes its folder, so that a run does not end with a report that nobody can keep.
 * @throws ReportError `output`
 */
export function prepareFile(path: string): void {
  try {
    const folder = dirname(resolve(path));
    // Asked for recursively, a folder that the system refuses in an existing one makes Node try for ever.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(dirname(folder)) });
    if (!statSync(folder).isDirectory()) throw new Error(`${dirname(path)} is not a folder`);
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw new Error('it is a folder');
      accessSync(path, constants.W_OK);
    }
    if (isReplaceable(path)) accessSync(dirname(targetOf(path)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Pipes, devices and what is appended to come before files are replaced. @throws ReportError `output`; then no file is replaced. */
export function writeFiles(files: readonly OutputFile[]): void {
  const pending: { readonly temporary: string; readonly path: string }[] = [];
  try {
    for (const { path } of files) prepareFile(path);
    for (const file of files.filter(isWhole)) {
      attempt(file.path, () => {
        const path = targetOf(file.path);
        const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
        pending.push({ temporary, path });
        writeText(temporary, file.text, 'w');
      });
    }
    for (const { path, text, append } of files.filter((file) => !isWhole(file))) {
      attempt(path, () => writeText(path, text, append === true ? 'a' : 'w'));
    }
    for (const { temporary, path } of pending) attempt(path, () => renameSync(temporary, path));
  } finally {
    for (const { temporary } of pending) rmSync(temporary, { force: true });
  }
}

/** Characters to write at a time. */
const batchLength = 1 << 20;

/** @param flag `a` to write behind what is there. */
export function writeText(path: string, text: string | Iterable<string>, flag: 'w' | 'a'): void {
  const file = openSync(path, flag);
  try {
    let pending = '';
    for (const piece of typeof text === 'string' ? [text] : text) {
      pending += piece;
      if (pending.length < batchLength) continue;
      // By its descriptor, each batch is written behind the last.
      writeFileSync(file, pending);
      pending = '';
    }
    writeFileSync(file, pending);
  } finally {
    closeSync(file);
  }
}

function isWhole({ path, append }: OutputFile): boolean {
  return append !== true && isReplaceable(path);
}

/** A pipe or a device is written to, never replaced. */
function isReplaceable(path: string): boolean {
  return !existsSync(path) || statSync(path).isFile();
}

/** A link stays one: the file it leads to is replaced. */
function targetOf(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && existsSync(path) ? realpathSync(path) : resolve(path);
}

function attempt(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof ReportError ? error : cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): ReportError {
  return new ReportError('output', `Cannot write ${path}: ${systemReason(error)}.`, error);
}
