/** Reads a run record back, and says in one sentence why a file is none. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RunRecord } from '../spec/record/index.ts';
import schema from '../spec/schemas/run-record.json' with { type: 'json' };
import { ReportError, systemReason } from './errors.ts';
import { filePieces, isUtf16, TooLongError, utf16Reason } from './read-file.ts';
import { schemaProblem } from './schema-problem.ts';
import { type RecordSplitter, splitRecord } from './split-record.ts';

/** The newest form that this version reads. */
const formatVersion = 1;

/** Its exchanges, parsed, take about as much memory; V8 has no strings over half a gibibyte, and reports are strings. */
export const mostRecordBytes: number = 256 * 1024 * 1024;

/** Who writes JSON goes down into it: V8's own writer overflows its stack at some four thousand. A record needs a few dozen. */
const mostLevels = 2000;

/** @throws ReportError `record` for what cannot be read, is too long, is cut short, is something else, or is newer than this version. */
export function readRecord(path: string): RunRecord {
  const splitter = splitRecord();
  const read = (): void => {
    try {
      for (const bytes of filePieces(path, mostRecordBytes)) splitter.push(bytes);
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      if (error instanceof TooLongError) throw tooLong(path);
      throw new ReportError('record', `Cannot read ${path}: ${systemReason(error)}.`, error);
    }
  };
  return recordOf(read, splitter, path);
}

/** The same of bytes that were read already. @param path what to call them. @throws ReportError `record` */
export function parseRecord(bytes: Buffer, path: string): RunRecord {
  const splitter = splitRecord();
  return recordOf(() => splitter.push(bytes), splitter, path);
}

/** Compiled once: `matrix` and `compare` read many. */
let validate: ValidateFunction<RunRecord> | undefined;

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
  validate ??= new Ajv2020({ strict: true }).compile<RunRecord>(schema);
  if (!validate(record)) throw new ReportError('record', `${path} is not a valid run record: ${schemaProblem('record', validate.errors)}.`);
  const problem = problemOf(record);
  if (problem !== undefined) throw new ReportError('record', `${path} is not a valid run record: ${problem}.`);
  return record;
}

/** What a schema does not say, and whoever judges or writes reports relies on. */
function problemOf({ startedAt, target, exchanges }: RunRecord): string | undefined {
  if (Number.isNaN(Date.parse(startedAt))) return 'record/startedAt must be a time';
  if (!URL.canParse(target.baseUrl)) return 'record/target/baseUrl must be a URL';
  const index = exchanges.findIndex(({ request }) => !URL.canParse(request.url));
  return index === -1 ? undefined : `record/exchanges/${index}/request/url must be a URL`;
}

function tooLong(path: string): ReportError {
  const limit = Math.round(mostRecordBytes / 1e6);
  return new ReportError('record', `${path} has more than ${limit} MB, the most that is read; record fewer exchanges, as with --only.`);
}

function parse(read: () => void, splitter: RecordSplitter, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    read();
    value = splitter.end();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const frame = splitter.frame();
    if (!frame.includes('"messages-conformance/run-record"')) throw new ReportError('record', `${path} ${otherwise(frame)}.`, error);
    throw new ReportError(
      'record',
      `${path} is a run record ${splitter.isCutShort() ? 'cut short' : 'that is damaged: it is not JSON'}.`,
      error,
    );
  }
  if (typeof value !== 'object' || value === null) throw new ReportError('record', `${path} is not a run record of messages-conformance.`);
  if (splitter.levels() > mostLevels) throw new ReportError('record', `${path} is nested deeper than ${mostLevels} levels.`);
  return { ...value };
}

/** Of what does not parse as JSON and does not say that it is a record. */
function otherwise(bytes: Buffer): string {
  if (bytes.length === 0) return 'is empty';
  return isUtf16(bytes) ? `cannot be read: ${utf16Reason}` : 'is not JSON';
}
