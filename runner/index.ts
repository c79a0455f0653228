/** Runs the suite and judges what it recorded: the entry `messages-conformance`. */
export type {
  AuthStyle,
  Capability,
  Exchange,
  Finding,
  Level,
  Outcome,
  RawHeader,
  RunRecord,
  Step,
  Target,
  Totals,
  Verdict,
} from '../spec/index.ts';
export type { BaselineForRun } from './baseline.ts';
export { normaliseBaseUrl } from './base-url.ts';
export { ConformanceError, type ConformanceErrorCode } from './errors.ts';
export type { ProfileForRun, RunEvent, RunOptions } from './options.ts';
export { run } from './run.ts';
