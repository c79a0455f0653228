/** Writes a bundle as a folder: complete, or not at all. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ReportError, systemReason } from '../errors.ts';
import type { BundleFile } from './index.ts';

/** @throws ReportError `output` for a folder that has something in it, or cannot be made */
export function writeBundle(files: readonly BundleFile[], folder: string): void {
  const place = resolve(folder);
  const temporary = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
  try {
    if (existsSync(place)) {
      if (readdirSync(place).length > 0) throw new Error('there is something in it already');
    } else if (!existsSync(dirname(place))) {
      mkdirSync(dirname(place), { recursive: true });
    }
    mkdirSync(temporary);
    for (const { name, content, isExecutable = false } of files) {
      writeFileSync(join(temporary, name), content, { mode: isExecutable ? 0o755 : 0o644 });
    }
    if (existsSync(place)) rmdirSync(place);
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw new ReportError('output', `Cannot write ${folder}: ${systemReason(error)}. Choose another folder with -o DIR.`, error);
  }
}
