/** The run record's types: what the runner writes and the reports read. */
export type { AppliedBaseline, Baseline, BaselineEntry, BaselineState } from './baseline.ts';
export type { Body, Chunk, Connection, Ending, Exchange, RawHeader, RecordedRequest, RecordedResponse, Timing } from './exchange.ts';
export type { ClientReadiness, Obstacle, Readiness } from './readiness.ts';
export type { AuthStyle, CapabilityFinding, Ended, RunRecord, Target, Totals } from './run-record.ts';
export type { Capability, Observed, ObservedError, Step } from './step.ts';
export type { Finding, Layer, Level, Outcome, Place, Verdict } from './verdict.ts';
