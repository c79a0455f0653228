/** Writes the run record. Nothing half-written stays behind: a temporary file in the same folder is renamed into place. */
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RunRecord } from '../spec/record/index.ts';
import { ReportError, systemReason } from './errors.ts';
import { jsonPieces } from './json-pieces.ts';
import { writeText } from './write-files.ts';

/** Name of the record in the output folder. */
export const recordName = 'record.json';

/**
 * Makes the output folder and finds out whether it can be written, so that a run does not end with a record that nobody can keep.
 * @throws ReportError `output`
 */
export function prepareOutput(directory: string): void {
  try {
    // Asked for recursively, a folder that the system refuses in an existing one makes Node try for ever.
    if (!existsSync(directory)) mkdirSync(directory, { recursive: !existsSync(dirname(resolve(directory))) });
    if (!statSync(directory).isDirectory()) throw new Error('it is not a folder');
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

/**
 * Writes `record.json` into a folder, which is made where it does not exist.
 * @returns the path of the file.
 * @throws ReportError `output`
 */
export function writeRecord(record: RunRecord, directory: string): string {
  const path = join(directory, recordName);
  const temporary = join(directory, `.${recordName}.${process.pid}.tmp`);
  prepareOutput(directory);
  try {
    writeText(temporary, jsonPieces(record), 'w');
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw cannotWrite(path, error);
  }
  return path;
}

function cannotWrite(path: string, error: unknown): ReportError {
  return new ReportError('output', `Cannot write ${path}: ${systemReason(error)}. Choose another folder with --output DIR.`, error);
}
