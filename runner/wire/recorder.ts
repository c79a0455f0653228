/**
 * Sends requests and records what really happened: every header as it stood, every read with its time, and how it ended. What a server does
 * never makes it throw. HTTP/1.1, no redirects, no decompression, no retries.
 */
import { attempt } from './attempt.ts';
import { createClock } from './clock.ts';
import { Connections } from './connections.ts';
import { createGate } from './gate.ts';
import { headersOf } from './heads.ts';
import { type Environment, proxyFor } from './proxy.ts';
import { type Recorded, recordedOf } from './recorded.ts';
import type { AbortAfter, Listener } from './recording.ts';
import { createRedaction, credentialsIn } from './redaction.ts';
import { credentialsOf, dispatchOf, type WireRequest } from './request.ts';

export type { Recorded } from './recorded.ts';
export type { WireRequest } from './request.ts';

export interface WireOptions {
  /** `new` makes a connection even where an idle one waits. Default `pooled`. */
  readonly connection?: 'pooled' | 'new';
  /** Hang up once that much of the body has come, or that time has passed. What the last read brought beyond is recorded too. */
  readonly abortAfter?: AbortAfter;
  /** Longest time from sending to the end of this response. Default: the recorder's. */
  readonly maxResponseMs?: number;
  /** Aborts the exchange, which is recorded as `aborted-by-us`. */
  readonly signal?: AbortSignal;
  /** Hears the answer while it arrives, unredacted: for a client that is to read what is recorded. */
  readonly listener?: Listener;
}

export interface RecorderOptions {
  /** Longest time without a byte, counted from sending. Default 120,000. */
  readonly silenceMs?: number;
  /** Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Longest time from sending to the end of the response. Default: none. */
  readonly maxResponseMs?: number;
  /** Longest time for a connection to come about. Default 10,000. */
  readonly connectMs?: number;
  /** Most exchanges at a time, each on its own connection; further ones wait, unsent. Default 64. */
  readonly connections?: number;
  /** Replaced by `*` wherever they turn up. Default: none but the credentials of each request. */
  readonly secrets?: readonly string[];
  /** Credentials that guard nothing and stay legible, such as a key that is wrong on purpose. Default: none. */
  readonly dummies?: readonly string[];
  /** PEM text of certificates to trust besides the well-known ones. */
  readonly ca?: string;
  /** Trust any certificate. */
  readonly insecure?: boolean;
  /** How fast the clock of arrivals runs. Default 1. Timeouts stay what they are. */
  readonly clockSpeed?: number;
  /** Read for HTTP_PROXY, HTTPS_PROXY and NO_PROXY. Default: none of them is set. */
  readonly environment?: Environment;
}

export interface Recorder {
  /** @throws TypeError for a request that cannot be written, such as one with a line break in a header. Never for what the server does. */
  send(request: WireRequest, options?: WireOptions): Promise<Recorded>;
  /** Replaces the secrets of all that was sent so far, for what is recorded beside the exchanges. */
  redact(text: string): string;
  /** Aborts what is in flight and closes all connections. */
  close(): Promise<void>;
  /** The run's clock, in milliseconds. */
  readonly now: () => number;
}

const LARGEST_BODY = 16 * 1024 * 1024;

/** Starts a recorder; its clock begins now. */
export function createRecorder({
  silenceMs = 120_000,
  maxBodyBytes = LARGEST_BODY,
  maxResponseMs,
  connectMs = 10_000,
  connections: places = 64,
  secrets = [],
  dummies = [],
  ca,
  insecure = false,
  clockSpeed = 1,
  environment = {},
}: RecorderOptions = {}): Recorder {
  const clock = createClock(clockSpeed);
  const gate = createGate(places);
  const connections = new Connections(places);
  const closing = new AbortController();
  const running = new Set<Promise<Recorded>>();
  const known = new Set(secrets);
  let sent = 0;
  let inFlight = 0;

  async function record(
    request: WireRequest,
    { connection: policy, abortAfter, signal, maxResponseMs: own, listener }: WireOptions,
  ): Promise<Recorded> {
    const origin = new URL(request.url);
    const proxy = proxyFor(origin, environment);
    const dispatch = dispatchOf(request, origin, proxy);
    const itsSecrets = [...credentialsOf(origin, proxy), ...credentialsIn(dispatch.headers, dummies)];
    for (const secret of itsSecrets) known.add(secret);
    const redaction = createRedaction([...secrets, ...itsSecrets], dummies);
    const leave = await gate.enter();
    const id = `x${(sent += 1)}`;
    const others = inFlight;
    inFlight += 1;
    try {
      const { seen, connection } = await attempt(connections, clock, {
        origin,
        dispatch,
        connect: { proxy, ca, insecure, timeoutMs: connectMs },
        isPooled: policy !== 'new',
        limits: { silenceMs, maxBodyBytes, maxResponseMs: own ?? maxResponseMs, abortAfter },
        redaction,
        listener,
        signal: signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]),
      });
      return recordedOf(seen, {
        id,
        request,
        requestHeaders: seen.head === '' ? dispatch.headers : headersOf(seen.head),
        connection,
        inFlight: others,
        redaction,
      });
    } finally {
      inFlight -= 1;
      leave();
    }
  }

  return {
    now: clock,
    send(request, options = {}) {
      const exchange = record(request, options);
      running.add(exchange);
      return exchange.finally(() => running.delete(exchange));
    },
    redact: (text) => createRedaction([...known], dummies).inText(text),
    async close() {
      closing.abort();
      await Promise.allSettled(running);
      connections.close();
    },
  };
}
