/** What a client needs of a server, as checks, and what its user sees where one fails. Schema: `spec/schemas/client-profile.json`. */

export interface ClientProfile {
  /** Name for `--client`. */
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  /** Version that was watched on the wire, or whose code was read. */
  readonly observed: string;
  /** The `anthropic-version` that it sends. */
  readonly apiVersion: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly needs: readonly ClientNeed[];
}

export interface ClientNeed {
  /** Ids of checks that must pass. */
  readonly checks: readonly string[];
  /** What its user sees without. */
  readonly without: string;
  /** Whether it cannot be used without, or only less well. */
  readonly blocks: boolean;
}
