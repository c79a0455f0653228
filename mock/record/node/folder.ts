/** The folder of recordings: one JSON file per exchange, numbered in the order in which the requests came. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readRecording, RecordingError, type Recording } from '../recording.ts';
import type { NamedRecording } from '../shelf.ts';
import { reasonOf } from './reason.ts';

export interface RecordingFolder {
  /** The name of the next file, such as `0003-post-v1-messages.json`. */
  nextName(method: string, path: string): string;
  /** Writes the file whole or not at all. */
  write(name: string, recording: Recording): Promise<void>;
}

/**
 * A folder to write to; made where there is none. Numbers go on after those that are there.
 * @throws RecordingError
 */
export function openFolder(folder: string): RecordingFolder {
  const names = attempt(`Cannot record in ${folder}`, () => {
    // Asked for recursively, a folder that the system refuses in an existing one makes Node try for ever.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(dirname(resolve(folder))) });
    return recordingNames(folder);
  });
  let last = Math.max(0, ...names.map((name) => Number.parseInt(name, 10)));
  return {
    nextName(method, path) {
      last += 1;
      const words = `${method} ${path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
      return `${String(last).padStart(4, '0')}-${words.replaceAll(/^-|-$/g, '').slice(0, 60)}.json`;
    },
    async write(name, recording) {
      const unfinished = join(folder, `.${name}.part`);
      try {
        await writeFile(unfinished, `${JSON.stringify(recording, null, 2)}\n`);
        await rename(unfinished, join(folder, name));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
  };
}

/**
 * All recordings of a folder, in their order.
 * @throws RecordingError where there are none, or one cannot be used.
 */
export function readFolder(folder: string): readonly NamedRecording[] {
  const names = attempt(`Cannot read recordings from ${folder}`, () => recordingNames(folder));
  if (names.length === 0) throw new RecordingError(`There are no recordings in ${folder}; make some with --record.`);
  return names.map((name) => {
    const text = attempt(`Cannot read ${join(folder, name)}`, () => readFileSync(join(folder, name), 'utf8'));
    return { name, recording: readRecording(parse(text, join(folder, name)), join(folder, name)) };
  });
}

function recordingNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4,}-.*\.json$/.test(name))
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
}

function parse(text: string, place: string): unknown {
  return attempt(`${place} is no recording`, () => JSON.parse(text));
}

function attempt<Result>(problem: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new RecordingError(`${problem}: ${reasonOf(error)}.`, { cause: error });
  }
}
