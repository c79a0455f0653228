/**
 * What the recorder writes about one HTTP round trip, and what every check and report reads.
 * Frames of an event stream are not stored: they are derived from `response.body` and `response.chunks`.
 */

/** Header name and value as they stood on the wire: order, case and repetition kept. */
export type RawHeader = readonly [name: string, value: string];

/**
 * A body: text where UTF-8 round-trips, else base64. A body over 1 MiB keeps its first and last
 * bytes, its length and its SHA-256.
 */
export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly base64: string; readonly bytes: number }
  | { readonly kind: 'cut'; readonly head: string; readonly tail: string; readonly bytes: number; readonly sha256: string };

/** Arrival of one chunk: `offset` is the position of its first byte in the body, `at` milliseconds on the run's monotonic clock. */
export interface Chunk {
  readonly offset: number;
  readonly at: number;
}

export interface RecordedRequest {
  readonly method: string;
  /** Absolute URL, credentials in it replaced. */
  readonly url: string;
  readonly headers: readonly RawHeader[];
  /** Absent where no body was sent. */
  readonly body?: Body;
}

export interface RecordedResponse {
  readonly status: number;
  /** Reason phrase as sent; empty where the server sent none. */
  readonly statusText: string;
  readonly headers: readonly RawHeader[];
  readonly body: Body;
  /** Empty for an empty body. */
  readonly chunks: readonly Chunk[];
}

/**
 * How an exchange ended. `complete`: the response ended as HTTP says it should. `reset`: the peer broke
 * the connection. `protocol-error`: bytes that are not HTTP. `refused`: no connection (refused, DNS, TLS).
 * The last three are our own doing and never the server's fault: aborted as the probe asked, silent for
 * longer than the timeout, or beyond the limits of size and of time in all.
 */
export type Ending = 'complete' | 'reset' | 'protocol-error' | 'refused' | 'aborted-by-us' | 'timed-out-by-us' | 'limit-by-us';

/** Milliseconds since the run's clock began (monotonic). */
export interface Timing {
  readonly sent: number;
  /** First byte of the response's head; absent where none came. */
  readonly headers?: number;
  /** First byte of the response's body; absent where none came. */
  readonly firstByte?: number;
  readonly end: number;
}

export interface Connection {
  /** Counts the connections of a run from 1; 0 where none was made. */
  readonly id: number;
  /** Whether an earlier exchange of the run had used it. */
  readonly reused: boolean;
}

export interface Exchange {
  /** `x1`, `x2`, ... in the order of sending. Unique in its record. */
  readonly id: string;
  readonly request: RecordedRequest;
  /** Absent where no response head arrived. */
  readonly response?: RecordedResponse;
  readonly timing: Timing;
  readonly connection: Connection;
  /** Requests of this run in flight when this one was sent, itself not counted. */
  readonly inFlight: number;
  readonly ended: Ending;
  /** One sentence about an ending other than `complete`. */
  readonly problem?: string;
}
