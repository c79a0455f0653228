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
}
