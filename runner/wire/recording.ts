/**
 * One exchange while it happens: takes what undici and the tap report, keeps the limits, and ends exactly once.
 * https://www.rfc-editor.org/rfc/rfc9112
 */
import type { Dispatcher } from 'undici';
import type { Body, Chunk, Ending, RawHeader } from '../../spec/record/index.ts';
import { longestWhole } from './body.ts';
import { BodyKeeper } from './body-keeper.ts';
import type { Clock } from './clock.ts';
import { type Connection, ConnectionGoneError, LONGEST_HEAD } from './connection.ts';
import { endingOf } from './ending.ts';
import { createFrameCounter, type FrameCounter } from './frame-counter.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { rawHeadersOf, statusTextOf } from './heads.ts';
import { createInterimFilter } from './interim.ts';
import { createBlankFilter } from './length-blanks.ts';
import type { Redaction } from './redaction.ts';
import type { Tap } from './tap.ts';

/** When to hang up: after so many bytes of the body, frames of a stream, or milliseconds from sending. */
export type AbortAfter = { readonly bytes: number } | { readonly frames: number } | { readonly ms: number };

/** Hears an answer while it arrives, as it is: nothing is redacted yet. */
export interface Listener {
  readonly head: (status: number, statusText: string, headers: readonly RawHeader[]) => void;
  /** A piece of the body, as far as it is recorded. */
  readonly data: (chunk: Uint8Array) => void;
}

export interface Limits {
  /** Longest time without a byte, counted from sending. */
  readonly silenceMs: number;
  readonly maxBodyBytes: number;
  /** Longest time from sending to the end. */
  readonly maxResponseMs: number | undefined;
  readonly abortAfter: AbortAfter | undefined;
}

/** What was seen of an exchange; only the body and `problem` are redacted yet. */
export interface Seen {
  readonly sentAt: number;
  /** The request's head as written. */
  readonly head: string;
  readonly headersAt: number | undefined;
  readonly firstByteAt: number | undefined;
  readonly endAt: number;
  readonly response:
    | {
        readonly status: number;
        readonly statusText: string;
        readonly headers: readonly RawHeader[];
        readonly body: Body;
        readonly chunks: readonly Chunk[];
      }
    | undefined;
  readonly ended: Ending;
  readonly problem: string | undefined;
}

/** Chunked coding of single bytes needs six for one; more than this around a body is no body. */
const LARGEST_OVERHEAD = 8;
const MOST_CHUNKS = 200_000;
/** No client waits for the end of a longer line, and none is recorded whole: nothing could be judged of it. */
const LONGEST_LINE = longestWhole;

export class Recording implements Tap, Dispatcher.DispatchHandler {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #connection: Connection;
  readonly #redaction: Redaction;
  readonly #listener: Listener | undefined;
  readonly #result = Promise.withResolvers<Seen>();
  readonly #body: BodyKeeper;
  readonly #chunks: Chunk[] = [];
  readonly #head = new GrowingBuffer();
  readonly #interim = createInterimFilter();
  readonly #withoutBlanks = createBlankFilter();
  readonly #frames: FrameCounter | undefined;
  #sentAt: number | undefined;
  #sentHead = '';
  #headersAt: number | undefined;
  #firstByteAt: number | undefined;
  #readAt = 0;
  #bytesRead = 0;
  #isEventStream = false;
  /** Bytes since the last end of a line of a stream. */
  #lineBytes = 0;
  #status: { readonly status: number; readonly statusText: string; readonly headers: readonly RawHeader[] } | undefined;
  #silence: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #leaving: NodeJS.Timeout | undefined;
  #isDone = false;

  constructor(clock: Clock, limits: Limits, connection: Connection, redaction: Redaction, listener?: Listener) {
    this.#clock = clock;
    this.#redaction = redaction;
    this.#body = new BodyKeeper(redaction);
    this.#listener = listener;
    this.#limits = limits;
    this.#connection = connection;
    this.#frames = limits.abortAfter !== undefined && 'frames' in limits.abortAfter ? createFrameCounter() : undefined;
  }

  /** Resolves once, however it ends. Rejects for a request that undici refuses to write, and where the connection was gone before it could. */
  get result(): Promise<Seen> {
    return this.#result.promise;
  }

  /** Ends the exchange by our own hand. */
  stop(ended: Ending, problem: string): void {
    if (this.#isDone) return;
    this.#finish(ended, problem);
    this.#connection.destroy();
  }

  /** From the tap: the first string that is written is the head of the request. */
  write(chunk: string | Uint8Array): void {
    if (this.#sentHead === '' && typeof chunk === 'string') this.#sentHead = chunk;
  }

  /** From the tap: everything that arrives, before it is parsed. */
  read(chunk: Buffer): Buffer | null {
    if (this.#isDone) return chunk;
    this.#readAt = this.#clock();
    this.#headersAt ??= this.#readAt;
    this.#bytesRead += chunk.length;
    if (this.#bytesRead > LARGEST_OVERHEAD * this.#limits.maxBodyBytes + 2 * LONGEST_HEAD) {
      this.stop('limit-by-us', `The response goes on after ${this.#bytesRead} bytes, most of them no body.`);
      return null;
    }
    const response = this.#interim.push(chunk);
    if (this.#status === undefined) {
      if (this.#head.length + chunk.length > LONGEST_HEAD || (response.length === 0 && this.#bytesRead > LONGEST_HEAD)) {
        this.stop('protocol-error', `The head of the response is longer than ${LONGEST_HEAD / 1024} KiB.`);
        return null;
      }
      this.#head.push(response);
    }
    const parsed = this.#withoutBlanks(response);
    return parsed.length === 0 ? null : parsed;
  }

  onRequestStart(): void {
    this.#sentAt = this.#clock();
    this.#connection.countUse();
    this.#watchSilence(this.#limits.silenceMs);
    if (this.#limits.maxResponseMs !== undefined) {
      const { maxResponseMs } = this.#limits;
      this.#deadline = setTimeout(() => this.stop('limit-by-us', `The response had not ended after ${maxResponseMs} ms.`), maxResponseMs);
    }
    const { abortAfter } = this.#limits;
    if (abortAfter !== undefined && 'ms' in abortAfter) {
      const { ms } = abortAfter;
      this.#leaving = setTimeout(() => this.stop('aborted-by-us', `Aborted after ${ms} ms, as the probe asked.`), ms);
    }
  }

  onResponseStart({ rawHeaders }: Dispatcher.DispatchController, status: number): void {
    // 101 is the only interim response that comes this far, and undici ends the exchange for it.
    if (status < 200) return;
    this.#status = { status, statusText: statusTextOf(this.#head.bytes()), headers: rawHeadersOf(rawHeaders) };
    this.#isEventStream = this.#status.headers.some(
      ([name, value]) => /^content-type$/i.test(name) && /^text\/event-stream\b/i.test(value),
    );
    this.#listener?.head(status, this.#status.statusText, this.#status.headers);
    this.#abortWhenAsked(0);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isDone) return;
    const { maxBodyBytes } = this.#limits;
    const offset = this.#body.length;
    const kept = chunk.subarray(0, maxBodyBytes - offset);
    this.#body.push(kept);
    // A copy: undici uses its memory again.
    this.#listener?.data(new Uint8Array(kept));
    this.#firstByteAt ??= this.#readAt;
    // What one read brought has one time: the chunks of HTTP have none of their own.
    if (this.#chunks.at(-1)?.at !== this.#readAt && this.#body.length > offset) this.#chunks.push({ offset, at: this.#readAt });
    if (this.#isEventStream) this.#lineBytes = bytesAfterLine(chunk, this.#lineBytes);
    if (this.#lineBytes > LONGEST_LINE) this.stop('limit-by-us', `A line of the stream goes on after ${this.#lineBytes} bytes.`);
    else if (offset + chunk.length > maxBodyBytes) this.stop('limit-by-us', `The body goes on after ${maxBodyBytes} bytes.`);
    else if (this.#chunks.length > MOST_CHUNKS) this.stop('limit-by-us', `The body goes on after ${MOST_CHUNKS} pieces.`);
    else this.#abortWhenAsked(this.#frames?.push(chunk) ?? 0);
  }

  onResponseEnd(): void {
    // A body without length ends where the connection does; by a reset, that is no end.
    if (this.#connection.failure === undefined) this.#finish('complete', undefined);
    else this.onResponseError(undefined, this.#connection.failure);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#isDone) return;
    if (this.#sentAt === undefined) {
      this.#isDone = true;
      this.#result.reject(this.#connection.isOpen ? error : new ConnectionGoneError('gone', { cause: error }));
      return;
    }
    const { ended, problem } = endingOf(error, {
      opening: this.#opening(),
      hasHead: this.#status !== undefined,
      bodyBytes: this.#body.length,
    });
    this.#finish(ended, problem);
  }

  /** The beginning of the answer, to be quoted: redacted before it is cut, lest half a secret remain. */
  #opening(): string {
    const bytes = Buffer.from(this.#head.length > 0 ? this.#head.bytes() : this.#interim.held);
    this.#redaction.inBytes(bytes, true);
    return bytes.toString('latin1', 0, 60);
  }

  #abortWhenAsked(frames: number): void {
    const { abortAfter } = this.#limits;
    if (abortAfter === undefined || 'ms' in abortAfter) return;
    const isReached = 'frames' in abortAfter ? frames >= abortAfter.frames : this.#body.length >= abortAfter.bytes;
    if (isReached) this.stop('aborted-by-us', `Aborted after ${this.#body.length} bytes, as the probe asked.`);
  }

  /** One timer that looks when the last byte came, instead of one that is set anew for every read. */
  #watchSilence(delay: number): void {
    const look = (): void => {
      if (this.#isDone) return;
      const silent = this.#clock() - Math.max(this.#readAt, this.#sentAt ?? 0);
      const left = this.#limits.silenceMs - silent;
      if (left > 0) this.#watchSilence(left);
      else this.stop('timed-out-by-us', `No byte for ${this.#limits.silenceMs} ms.`);
    };
    // Bytes may wait unread while we were busy ourselves: an immediate comes after the loop has read them.
    this.#silence = setTimeout(() => setImmediate(look), delay);
  }

  #finish(ended: Ending, problem: string | undefined): void {
    this.#isDone = true;
    clearTimeout(this.#silence);
    clearTimeout(this.#deadline);
    clearTimeout(this.#leaving);
    const endAt = this.#clock();
    this.#result.resolve({
      sentAt: this.#sentAt ?? endAt,
      head: this.#sentHead,
      headersAt: this.#headersAt,
      firstByteAt: this.#firstByteAt,
      endAt,
      response: this.#status && { ...this.#status, body: this.#body.end(ended !== 'complete'), chunks: this.#chunks },
      ended,
      problem,
    });
  }
}

/** Bytes after the last end of a line, in what came before and in a chunk. */
function bytesAfterLine(chunk: Uint8Array, before: number): number {
  const end = Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
  return end === -1 ? before + chunk.length : chunk.length - end - 1;
}
