/** The run record: one versioned JSON document. All reports are pure functions of it. Its schema is `spec/schemas/run-record.json`. */
import type { AppliedBaseline } from './baseline.ts';
import type { Exchange } from './exchange.ts';
import type { ClientReadiness } from './readiness.ts';
import type { Capability, Step } from './step.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** How credentials are sent. */
export type AuthStyle = 'x-api-key' | 'bearer' | 'both' | 'none';

/** What a capability turned out to be, with the step that showed it. */
export interface CapabilityFinding {
  readonly capability: Capability;
  readonly state: 'yes' | 'refused' | 'unknown';
  /** Address of the deciding step. */
  readonly address?: string;
}

export interface Target {
  /** Origin and path prefix, without `/v1` and without a closing slash. */
  readonly baseUrl: string;
  readonly model: string;
  /** Where the name came from. */
  readonly modelFrom: 'option' | 'models-list' | 'profile';
  readonly auth: AuthStyle;
  readonly apiVersion: string;
  readonly profile?: string;
}

/** Why a run ended before all probes were sent. */
export type Ended = 'finished' | 'server-gone' | 'max-time' | 'interrupted' | 'preflight';

export type Totals = Readonly<Record<Outcome, number>>;

export interface RunRecord {
  readonly format: 'messages-conformance/run-record';
  /** Raised when a reader of the previous version could misread the document. */
  readonly formatVersion: 1;
  readonly suite: { readonly version: string; readonly catalogue: string };
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ended: Ended;
  /** One sentence where `ended` is not `finished`. */
  readonly endedBecause?: string;
  readonly target: Target;
  readonly options: {
    readonly only: readonly string[];
    readonly skip: readonly string[];
    readonly level: string;
    readonly require: readonly string[];
    /** Whether only the quick selection was run. Absent: no. */
    readonly quick?: boolean;
    /** Most output tokens that probes might ask for. Absent: no bound. */
    readonly tokenBudget?: number;
    /** Client whose needs were selected and gated on. */
    readonly client?: string;
    /** Weakest level whose failure makes exit 1. Absent: must. */
    readonly failOn?: 'must' | 'should';
  };
  readonly capabilities: readonly CapabilityFinding[];
  readonly steps: readonly Step[];
  readonly exchanges: readonly Exchange[];
  readonly verdicts: readonly Verdict[];
  /** A line for each client profile. */
  readonly readiness: readonly ClientReadiness[];
  /** Absent where the run had none. */
  readonly baseline?: AppliedBaseline;
  readonly totals: Totals;
  readonly exitCode: number;
}
