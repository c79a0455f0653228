/** `conformance judge FILE`: a run record, a HAR or a raw event stream, judged with today's catalogue and without a server. */
import { clientProfiles } from '../../profiles/clients.ts';
import { findProfile } from '../../profiles/index.ts';
import { systemReason } from '../../reports/errors.ts';
import {
  catalogue,
  prepareOutput,
  prepareReports,
  safeText,
  terminalReport,
  withoutCommands,
  writeRecord,
  writeReports,
} from '../../reports/index.ts';
import { filePieces, isUtf16, streamPieces, utf16Reason } from '../../reports/read-file.ts';
import { mostRecordBytes, parseRecord } from '../../reports/read-record.ts';
import { ConformanceError } from '../../runner/errors.ts';
import type { JudgeOptions } from '../../runner/offline/index.ts';
import type { RunRecord } from '../../spec/record/index.ts';
import { openConsole } from '../console.ts';
import { defined } from '../settings/defined.ts';
import { type Flags, givenTexts } from '../settings/given.ts';
import { judgeOptionsOf } from '../settings/judge-options.ts';
import { parseReports } from '../settings/outputs.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError, ReportError, ConformanceError */
export async function judgeCommand(file: string, flags: Flags): Promise<void> {
  const { env } = process;
  const options = judgeOptionsOf(flags);
  const reports = parseReports(givenTexts('report', flags, env));
  const output = typeof flags['output'] === 'string' ? flags['output'] : undefined;
  const name = file === '-' ? 'Standard input' : file;
  const bytes = await read(file, name);
  if (isUtf16(bytes)) throw new UsageError(`Cannot read ${name}: ${utf16Reason}.`);
  const { record, notes } = await judged(bytes, name, options);
  // Behind the judging: what cannot be judged leaves no folder behind.
  prepareReports(reports);
  if (output !== undefined) prepareOutput(output);
  process.exitCode = record.exitCode;
  const recordFile = output === undefined ? undefined : writeRecord(record, output);
  await writeReports(reports, record, catalogue, env['GITHUB_STEP_SUMMARY']);
  const terminal = openConsole(flags['color'] !== false);
  for (const note of notes) terminal.err(`${safeText(note)}\n`);
  const text = terminalReport(record, catalogue, {
    width: terminal.width ?? 200,
    colour: terminal.colour,
    detail: flags['verbose'] === true ? 'verbose' : flags['quiet'] === true ? 'quiet' : 'normal',
    ...defined({ recordFile: recordFile ?? (isRecord(bytes) && file !== '-' ? file : undefined) }),
  });
  terminal.out(env['GITHUB_ACTIONS'] === 'true' ? withoutCommands(text) : text);
}

interface Judged {
  readonly record: RunRecord;
  readonly notes: readonly string[];
}

async function judged(bytes: Buffer, name: string, options: JudgeOptions): Promise<Judged> {
  const { judgeRecord, judgeTraffic, readInput } = await import('../../runner/offline/index.ts');
  if (!isRecord(bytes)) {
    const { traffic, notes } = readInput(bytes, name);
    return { record: judgeTraffic(traffic, options), notes };
  }
  const before = parseRecord(bytes, name);
  const modelsPath = findProfile(before.target.profile ?? '')?.paths?.models;
  const record = again();
  return { record, notes: before.suite.catalogue === record.suite.catalogue ? [] : [otherSuite(before.suite, record.suite)] };

  function again(): RunRecord {
    try {
      return judgeRecord(before, defined({ ...options, clients: clientProfiles, modelsPath }));
    } catch (error) {
      // What nobody typed, the record says: a selection or a client that there is not in this version.
      if (error instanceof ConformanceError && options.only === undefined && options.skip === undefined) {
        throw new UsageError(`${name}: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }
}

function named({ version, catalogue: hash }: RunRecord['suite']): string {
  return `${version} (catalogue ${hash.slice(0, 8)})`;
}

function otherSuite(before: RunRecord['suite'], now: RunRecord['suite']): string {
  return `Recorded by messages-conformance ${named(before)}, judged by ${named(now)}: steps that the recording lacks leave checks inconclusive.`;
}

/** Its format is a value in it, wherever that stands; in a HAR that holds one as a body the quotes are escaped. */
function isRecord(bytes: Buffer): boolean {
  return /^\s*\{/.test(bytes.toString('utf8', 0, 200)) && bytes.includes('"messages-conformance/run-record"');
}

async function read(file: string, name: string): Promise<Buffer> {
  try {
    return Buffer.concat(file === '-' ? await streamPieces(process.stdin, mostRecordBytes) : [...filePieces(file, mostRecordBytes)]);
  } catch (error) {
    throw new UsageError(`Cannot read ${name === file ? file : 'standard input'}: ${systemReason(error)}.`);
  }
}
