/** Reads a run record back, and says in one sentence why a file is none. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RunRecord } from '../spec/record/index.ts';
import schema from '../spec/schemas/run-record.json' with { type: 'json' };
import { ReportError, systemReason } from './errors.ts';
import { type RecordSplitter, splitRecord } from './split-record.ts';

/** The newest form that this version reads. */
const formatVersion = 1;

/** Its exchanges, parsed, take about as much memory; V8 has no strings over half a gibibyte, and reports are strings. */
export const mostRecordBytes: number = 256 * 1024 * 1024;

/** Bytes that are read at a time. */
const pieceBytes = 1024 * 1024;

/** @throws ReportError `record` for what cannot be read, is too long, is cut short, is something else, or is newer than this version. */
export function readRecord(path: string): RunRecord {
  const splitter = splitRecord();
  const read = (): void => {
    for (const bytes of pieces(path)) splitter.push(bytes);
  };
  return recordOf(read, splitter, path);
}

/** The same of bytes that were read already. @param path what to call them. @throws ReportError `record` */
export function parseRecord(bytes: Buffer, path: string): RunRecord {
  const splitter = splitRecord();
  return recordOf(() => splitter.push(bytes), splitter, path);
}

function recordOf(read: () => void, splitter: RecordSplitter, path: string): RunRecord {
  const record = parse(read, splitter, path);
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

function* pieces(path: string): Generator<Buffer> {
  const file = attempt(path, () => openSync(path, 'r'));
  try {
    let total = attempt(path, () => fstatSync(file)).size;
    if (total > mostRecordBytes) throw tooLong(path);
    total = 0;
    for (;;) {
      // A buffer of its own each time: the splitter keeps it until the exchange in it is complete.
      const bytes = Buffer.allocUnsafe(pieceBytes);
      const length = attempt(path, () => readSync(file, bytes));
      if (length === 0) return;
      total += length;
      // A pipe says no size before.
      if (total > mostRecordBytes) throw tooLong(path);
      yield bytes.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function tooLong(path: string): ReportError {
  const limit = Math.round(mostRecordBytes / 1e6);
  return new ReportError('record', `${path} has more than ${limit} MB, the most that is read; record fewer exchanges, as with --only.`);
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new ReportError('record', `Cannot read ${path}: ${systemReason(error)}.`, error);
  }
}

function parse(read: () => void, splitter: RecordSplitter, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    read();
    value = splitter.end();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (!splitter.frame().includes('"messages-conformance/run-record"')) throw new ReportError('record', `${path} is not JSON.`, error);
    throw new ReportError(
      'record',
      `${path} is a run record ${splitter.isCutShort() ? 'cut short' : 'that is damaged: it is not JSON'}.`,
      error,
    );
  }
  if (typeof value !== 'object' || value === null) throw new ReportError('record', `${path} is not a run record of messages-conformance.`);
  return { ...value };
}
