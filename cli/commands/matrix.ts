/** `conformance matrix FOLDER`: a static site of all records in a folder. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { nameOf } from '../../reports/compare/index.ts';
import { ReportError, systemReason } from '../../reports/errors.ts';
import { htmlReport } from '../../reports/html/index.ts';
import { catalogue, prepareOutput, safeText, writeFiles } from '../../reports/index.ts';
import { matrixSite, type NamedRecord } from '../../reports/matrix/index.ts';
import { readRecord } from '../../reports/read-record.ts';
import type { RunRecord } from '../../spec/record/index.ts';
import { openConsole } from '../console.ts';
import type { Flags } from '../settings/given.ts';
import { programName } from '../hints.ts';
import { UsageError } from '../usage-error.ts';

const defaultOutput = 'conformance-matrix';

/** @throws UsageError, ReportError */
export function matrixCommand(folder: string, flags: Flags): void {
  const output = typeof flags['output'] === 'string' ? flags['output'] : defaultOutput;
  const terminal = openConsole();
  const files = jsonFiles(folder);
  if (existsSync(output)) prepareOutput(output);
  const records: NamedRecord[] = [];
  const reports = new Map<RunRecord, string>();
  for (const file of files) {
    try {
      const whole = readRecord(file);
      // Its page is made at once, and what was exchanged let go: long records would not all fit into memory.
      const record = { ...whole, exchanges: [] };
      reports.set(record, htmlReport(whole, catalogue));
      records.push({ record, name: nameOf(relative(folder, file)) });
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      terminal.err(`Left out: ${safeText(error.message)}\n`);
    }
  }
  if (records.length === 0) throw new UsageError(`There is no run record in ${folder}; "${programName} run" writes record.json.`);
  prepareOutput(output);
  const site = matrixSite(records, catalogue, { reportOf: (record) => reports.get(record) ?? '' });
  writeFiles(site.map(({ name, text }) => ({ path: join(output, basename(name)), text })));
  terminal.out(`${join(output, 'index.html')}\n`);
}

function jsonFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch (error) {
    throw new UsageError(`Cannot read ${folder}: ${systemReason(error)}.`);
  }
}
