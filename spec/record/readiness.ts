/** Whether a client can be used with a server, as far as a run has shown. */

export type Readiness = 'ready' | 'ready-with-limits' | 'not-ready' | 'unknown';

/** A check that a client needs and that did not pass, with what its user sees. */
export interface Obstacle {
  readonly check: string;
  readonly effect: string;
}

export interface ClientReadiness {
  /** Id of the client profile. */
  readonly client: string;
  /** `unknown` where something that it cannot do without was not judged. */
  readonly state: Readiness;
  /** What makes it not ready. */
  readonly blockers: readonly Obstacle[];
  /** What works less well. */
  readonly limits: readonly Obstacle[];
  /** Checks that it needs and that came to no judgement. */
  readonly open: readonly string[];
}
