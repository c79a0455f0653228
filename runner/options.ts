/** What a run is told. */
import type { BaselineForRun } from './baseline.ts';
import type { ClientForRun } from './readiness.ts';
import type { AuthStyle, Capability, Level, RawHeader, Target } from '../spec/index.ts';

/** What differs at a known server. Never turns a failure into a pass. */
export interface ProfileForRun {
  readonly id: string;
  /** Where content is looked for instead of the canonical path. Checks of a route itself always use the canonical one. */
  readonly paths?: { readonly models?: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** As people write it; `/v1` and a closing slash are taken off. */
  readonly baseUrl: string;
  /** Default: the first of the models list. */
  readonly model?: string;
  /** Default: no authentication header. */
  readonly apiKey?: string;
  /** Default with a key: `x-api-key`, and `bearer` where the server takes only that. Without a key: `none`. */
  readonly auth?: AuthStyle;
  /** Sent with every request, over the profile's. */
  readonly headers?: readonly RawHeader[];
  /** Default `2023-06-01`. */
  readonly apiVersion?: string;
  readonly profile?: ProfileForRun;
  /** Globs on check ids. Default: all. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Weakest level to judge. Default `may`. */
  readonly level?: Level;
  /** Run only the fixed selection of the most telling checks, with at most twelve requests that generate. Default false. */
  readonly quick?: boolean;
  /** Most output tokens that the probes may ask for; the dearest for what they show are dropped. Default: no bound. */
  readonly tokenBudget?: number;
  /** Clients whose readiness the record shall state. Default: none. */
  readonly clients?: readonly ClientForRun[];
  /** One of them: its checks alone are run, the optional parts they need may not be refused, and the exit code says whether it is ready. */
  readonly client?: string;
  /** What makes the exit code 1. Default `must`. */
  readonly failOn?: 'must' | 'should';
  /** Failures that are known: shown, but no reason for exit 1. Default: none. */
  readonly baseline?: BaselineForRun;
  /** Capabilities whose honest refusal is a failure. Default: none. */
  readonly require?: readonly Capability[];
  /** Probes at a time. Default 4; 1 for servers with a single slot. */
  readonly concurrency?: number;
  /** Silence after which a request is given up, milliseconds. Default 120,000. */
  readonly timeoutMs?: number;
  /** Bound on the whole run, milliseconds. Default: none. */
  readonly maxTimeMs?: number;
  /** How long to wait until the server answers at all, milliseconds. Default 0. */
  readonly waitMs?: number;
  /** Certificates to trust, PEM text. */
  readonly ca?: string;
  /** Do not verify certificates. Default false. */
  readonly insecure?: boolean;
  /** Where `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are looked up. Default: no proxy. Never used for loopback. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How fast the clock of recorded times runs, for tests of rules about minutes of silence. Timeouts stay what they are. Default 1. */
  readonly clockSpeed?: number;
  /** Ends the run; what was recorded is still judged and returned. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export type RunEvent =
  | { readonly type: 'target'; readonly target: Target }
  | { readonly type: 'note'; readonly text: string }
  | {
      readonly type: 'progress';
      readonly requestsDone: number;
      /** Falls where probes need fewer requests than they may, or are left out; never below what is done. */
      readonly requestsPlanned: number;
      /** Requests that had no orderly answer: refused, reset, timed out, not HTTP, or a 5xx. No verdict: some checks provoke them. */
      readonly requestsFailed: number;
      /** Ids of the probes that are being sent. */
      readonly running: readonly string[];
      /** Output tokens that the server has reported so far. */
      readonly generated: number;
    }
  | { readonly type: 'step'; readonly address: string; readonly status: number | undefined; readonly ms: number; readonly ended: string };

/** The version asked for where no option names one: what today's Claude Code and older SDKs send. */
export const defaultApiVersion = '2023-06-01';
