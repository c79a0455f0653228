/** A probe's named step: the permanent address by which checks and baselines name an exchange. */

/** An optional part of the protocol that a server may honestly refuse. */
export type Capability =
  | 'count-tokens'
  | 'models'
  | 'tools'
  | 'forced-tool-choice'
  | 'thinking'
  | 'images'
  | 'documents'
  | 'structured-output'
  | 'prefill'
  | 'system-role'
  | 'unknown-betas'
  | 'authentication';

export interface Step {
  /** `probe/step`, with `#2` behind it for the second attempt, and so on. */
  readonly address: string;
  readonly probe: string;
  readonly step: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Whether this attempt is the one that is judged: the last of its step. */
  readonly last: boolean;
  /** Id of the exchange. Equal plain sends of several probes share one. */
  readonly exchange: string;
  /** Step of the same probe that is this request without the defect or feature. */
  readonly control?: string;
  /** The one thing that this request adds to its control. */
  readonly adds?: Capability;
  /** The server answered 429, 503 or 529, also after the retries: nothing can be said about this step. */
  readonly busy?: boolean;
  /** The probe asked to hang up in the middle. */
  readonly hungUp?: boolean;
  /** The server stopped answering, and this was in flight. */
  readonly serverStopped?: boolean;
  /** What a client library made of the answers, where one made the requests: at the first of its steps. */
  readonly observed?: Observed;
}

/** What a client library returned or threw. */
export interface Observed {
  /** Ids of the exchanges that it made, in order. */
  readonly exchanges: readonly string[];
  /** What the probe noted of its results, by name. What is undefined is absent. */
  readonly seen?: Readonly<Record<string, unknown>>;
  /** What it threw. */
  readonly error?: ObservedError;
  /** It wanted to go on when all requests of the step were made. */
  readonly wantedMore?: boolean;
}

export interface ObservedError {
  /** Name of its class, then of those above it. Empty where it was no Error. */
  readonly classes: readonly string[];
  readonly message: string;
  readonly status?: number;
  /** Type of the error as the client names it. */
  readonly type?: string;
}
