/** A probe: the requests that are sent, what they cost and what they need. It records exchanges and judges nothing. */
import type Anthropic from '@anthropic-ai/sdk';
import type { Capability } from '../../spec/index.ts';
import type { Evidence } from './evidence.ts';

/** What to send, before the runner adds base URL, authentication, version and content type. */
export interface ProbeRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'PUT' | 'DELETE' | 'PATCH';
  /** Below the base URL, with its query: `/v1/messages?beta=true`. */
  readonly path: string;
  /** Replaces headers of that name, by any case; null removes one that the runner would add. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly raw?: string | Uint8Array;
  /** Default `run`: as the run authenticates. All but the first three need a key. */
  readonly auth?: ProbeAuth;
}

/**
 * How one request authenticates: as the run does, not at all, with a key that nobody gave out, or with the run's key in one header.
 * `bearer-lowercase` writes the scheme as `bearer`, `both` sends the key in both headers, `bearer-beside-wrong` as Bearer beside a wrong `x-api-key`.
 */
export type ProbeAuth = 'run' | 'none' | 'wrong' | 'x-api-key' | 'bearer' | 'bearer-lowercase' | 'both' | 'bearer-beside-wrong';

/** When to hang up: after that many bytes of the body, that many frames of a stream, or that many milliseconds from sending. */
export type AbortAfter = { readonly bytes: number } | { readonly frames: number } | { readonly ms: number };

export interface SendOptions {
  /** Never share this send with an equal one: it measures repetition, timing, connections or aborts. */
  readonly fresh?: boolean;
  readonly abortAfter?: AbortAfter;
  /** Step of this probe that is the same request without the defect or feature. */
  readonly control?: string;
  /** The one optional part that this request adds to its control: evidence about the server's capability. */
  readonly adds?: Capability;
  /** Longest time from sending to the end of the answer, milliseconds. Default: the run's. */
  readonly maxResponseMs?: number;
  /** Connection policy: the pool's choice, or a new connection. Default `pooled`. */
  readonly connection?: 'pooled' | 'new';
}

export interface LadderOptions extends SendOptions {
  /** Whether the answer has what the step is about; the ladder ends with the first that has. Every attempt is recorded, the last is judged. */
  readonly until: (evidence: Evidence) => boolean;
}

/**
 * What to do with the official SDK. It notes in `seen` what came back and looks into nothing: what it throws counts as thrown by the SDK.
 * `seen` is recorded as JSON when it returns or throws.
 */
export type SdkUse = (client: Anthropic, seen: Record<string, unknown>) => Promise<void>;

export interface SdkOptions {
  /** Whether the connection is broken where the SDK leaves a stream. Default false: the answer is recorded to its end. */
  readonly hangsUp?: boolean;
}

export interface ProbeClient {
  /** The model to name in requests. */
  readonly model: string;
  /** Where this server keeps its models list. The canonical path is `/v1/models`. */
  readonly modelsPath: string;
  /** Sends one request as the named step and records it. Does not throw for what the server does; the evidence tells. */
  readonly send: (step: string, request: ProbeRequest, options?: SendOptions) => Promise<Evidence>;
  /** Up to three versions of a request, for what needs the model's cooperation. */
  readonly ladder: (step: string, requests: readonly [ProbeRequest, ...ProbeRequest[]], options: LadderOptions) => Promise<Evidence>;
  /**
   * Lets the official SDK make requests: the first is recorded as the first of these steps, and so on; further ones are not sent.
   * What the SDK made of the answers stands at the first step, as `observed`.
   * @returns evidence of the first.
   */
  readonly sdk: (steps: readonly [string, ...string[]], use: SdkUse, options?: SdkOptions) => Promise<Evidence>;
}

export interface Probe {
  /** kebab-case, permanent: the first half of its steps' addresses. */
  readonly id: string;
  readonly title: string;
  /** Optional parts that it needs: not run where one was refused. */
  readonly needs?: readonly Capability[];
  /** Whether it is about authentication: not run where the run has no key. */
  readonly needsKey?: boolean;
  /** Requests at most, and output tokens at most (the sum of `max_tokens`). */
  readonly cost: { readonly requests: number; readonly outputTokens: number };
  /** What it costs a server more than the others, where it is sent only to runs that ask for its checks or its client by name. */
  readonly costly?: string;
  /** Runs alone, after all others. */
  readonly exclusive?: boolean;
  /** How many of its own requests it has in flight at most. Default 1. With more it runs while no other probe does. */
  readonly parallel?: number;
  /** The steps it sends, so that checks can be held against them without a run. */
  readonly steps: readonly string[];
  readonly run: (client: ProbeClient) => Promise<void>;
}

/** Declares a probe. */
export function probe(definition: Probe): Probe {
  return definition;
}

/** `POST /v1/messages` with that body. */
export function messagesRequest(json: Readonly<Record<string, unknown>>, query = ''): ProbeRequest {
  return { method: 'POST', path: `/v1/messages${query}`, json };
}

/** `POST /v1/messages/count_tokens` with that body. */
export function countTokensRequest(json: Readonly<Record<string, unknown>>): ProbeRequest {
  return { method: 'POST', path: '/v1/messages/count_tokens', json };
}

/** `GET` of a path. */
export function getRequest(path: string): ProbeRequest {
  return { method: 'GET', path };
}
