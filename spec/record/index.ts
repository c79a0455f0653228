/** The run record's types: what the runner writes and the reports read. */
export type { Body, Chunk, Connection, Ending, Exchange, RawHeader, RecordedRequest, RecordedResponse, Timing } from './exchange.ts';
export type { AuthStyle, CapabilityFinding, Ended, RunRecord, Target, Totals } from './run-record.ts';
export type { Capability, Step } from './step.ts';
export type { Finding, Layer, Level, Outcome, Place, Verdict } from './verdict.ts';
