/** A reply plan: what to send, decided apart from how it is sent. Renderers turn it into a web `Response` or write it to a socket. */
import type { RawHeader } from '../spec/index.ts';

/** Bytes to send, `due` milliseconds after the reply began (absent: at once). */
export interface Frame {
  readonly text: string;
  readonly due?: number;
  /** Sent instead of the text, by servers that are wrong on purpose: bytes that are no UTF-8. */
  readonly bytes?: Uint8Array;
}

/**
 * How a stream leaves the connection: in order, broken, or silent and open. `close` is for servers that are wrong on purpose: in order,
 * but then the connection is closed without a word.
 */
export type StreamEnding = 'end' | 'reset' | 'stall' | 'close';

/**
 * The frames of a stream, pulled one by one. Where what comes next is known already, `take` gives it without a promise, which is what a
 * renderer asks first; undefined sends it to `next`.
 */
export interface Frames extends AsyncGenerator<Frame, StreamEnding> {
  take?(): IteratorResult<Frame, StreamEnding> | undefined;
}

interface ReplyHead {
  readonly status: number;
  readonly headers: readonly RawHeader[];
}

export function streamHeaders(requestId: string): readonly RawHeader[] {
  return [
    ['content-type', 'text/event-stream; charset=utf-8'],
    ['cache-control', 'no-cache'],
    ['request-id', requestId],
  ];
}

/** One body, or frames over time. A renderer must call `frames.return()` when the client is gone: that stops the generation behind it. */
export type Reply =
  | (ReplyHead & { readonly kind: 'body'; readonly body: string })
  | (ReplyHead & { readonly kind: 'stream'; readonly frames: Frames });
