/** Reads a run record back, and says in one sentence why a file is none. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RunRecord } from '../spec/record/index.ts';
import schema from '../spec/schemas/run-record.json' with { type: 'json' };
import { ReportError, systemReason } from './errors.ts';

/** The newest form that this version reads. */
const formatVersion = 1;

/** @throws ReportError `record` for what cannot be read, is cut short, is something else, or is newer than this version. */
export function readRecord(path: string): RunRecord {
  return parseRecord(read(path), path);
}

/** The same of a text that was read already. @param path what to call it. @throws ReportError `record` */
export function parseRecord(text: string, path: string): RunRecord {
  const record = parse(path, text);
  const { format, formatVersion: version } = record;
  if (format !== 'messages-conformance/run-record') throw new ReportError('record', `${path} is not a run record of messages-conformance.`);
  if (typeof version === 'number' && version > formatVersion) {
    throw new ReportError(
      'record',
      `${path} was written by a newer version (record format ${version}, this one reads ${formatVersion}); update messages-conformance.`,
    );
  }
  const ajv = new Ajv2020({ strict: true });
  const validate = ajv.compile<RunRecord>(schema);
  if (!validate(record)) {
    throw new ReportError(
      'record',
      `${path} is not a valid run record: ${ajv.errorsText(validate.errors?.slice(0, 1), { dataVar: 'record' })}.`,
    );
  }
  return record;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ReportError('record', `Cannot read ${path}: ${systemReason(error)}.`, error);
  }
}

function parse(path: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const isRecord = text.includes('"messages-conformance/run-record"');
    throw new ReportError('record', `${path} ${isRecord ? 'is a run record cut short' : 'is not JSON'}.`, error);
  }
  if (typeof value !== 'object' || value === null) throw new ReportError('record', `${path} is not a run record of messages-conformance.`);
  return { ...value };
}
