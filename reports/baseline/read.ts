/** Reads a baseline file, and says in one sentence what is wrong with it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Baseline } from '../../spec/record/index.ts';
import schema from '../../spec/schemas/baseline.json' with { type: 'json' };
import { messageOf } from '../../spec/as-text.ts';
import { ReportError, systemReason } from '../errors.ts';
import { readText } from '../read-file.ts';
import { schemaProblem } from '../schema-problem.ts';

const formatVersion = 1;

/** @param known ids of the catalogue's checks: an entry that names another one would never say anything. @throws ReportError `record` */
export function readBaseline(path: string, known: readonly string[]): Baseline {
  const value = parse(path, read(path));
  if (value['format'] !== 'messages-conformance/baseline') throw wrong(`${path} is not a baseline of messages-conformance`);
  const version = value['formatVersion'];
  if (typeof version === 'number' && version > formatVersion) {
    throw wrong(
      `${path} was written by a newer version (baseline format ${version}, this one reads ${formatVersion}); update messages-conformance`,
    );
  }
  const validate = new Ajv2020({ strict: true }).compile<Baseline>(schema);
  if (!validate(value)) {
    throw wrong(`${path} is not a valid baseline: ${schemaProblem('baseline', validate.errors)}`);
  }
  const ids = new Set(known);
  const stranger = value.entries.find(({ check }) => !ids.has(check));
  if (stranger !== undefined)
    throw wrong(`${path} names a check that does not exist: ${stranger.check}; "npx messages-conformance list" names them all`);
  return value;
}

function read(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    throw wrong(`Cannot read ${path}: ${systemReason(error)}`, error);
  }
}

function parse(path: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`${path} is not JSON: ${messageOf(error)}`, error);
  }
  if (typeof value !== 'object' || value === null) throw wrong(`${path} is not a baseline of messages-conformance`);
  return { ...value };
}

function wrong(sentence: string, cause?: unknown): ReportError {
  return new ReportError('record', `${sentence}.`, cause);
}
