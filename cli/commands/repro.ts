/** `conformance repro ID RECORD`: what the server's developers need to see one failure, as a folder of files. */
import { catalogue } from '../../reports/catalogue.ts';
import { readRecord } from '../../reports/read-record.ts';
import { reproBundle } from '../../reports/repro/index.ts';
import { writeBundle } from '../../reports/repro/write.ts';
import { openConsole } from '../console.ts';
import { programName } from '../hints.ts';
import type { Flags } from '../settings/given.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError, ReportError */
export function reproCommand(id: string, file: string, flags: Flags): void {
  const { output, apiKeyEnv } = flags;
  if (id.endsWith('.json') && catalogue.checks.some((check) => check.id === file))
    throw new UsageError(`The id comes first, as in: ${programName} repro ${file} ${id}`);
  const record = readRecord(file);
  const files = reproBundle(id, record, catalogue, typeof apiKeyEnv === 'string' ? { keyVariable: apiKeyEnv } : {});
  // An id is made of letters, digits, dots and hyphens.
  const folder = typeof output === 'string' ? output : id;
  writeBundle(files, folder);
  openConsole().out(`${folder}: ${files.map(({ name }) => name).join(', ')}\n`);
}
