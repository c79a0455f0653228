/** What a journal tells of one request and its answer. */

export interface SentFrame {
  /** Milliseconds after the request came. */
  readonly at: number;
  /** One event, or the whole body of an answer that is no stream. */
  readonly text: string;
}

/**
 * How an answer ended: to its end; the client left before; broken, or left open, as the script says; with an error, before the stream or in
 * it. `in-progress`: not yet.
 */
export type JournalOutcome = 'completed' | 'aborted' | 'reset' | 'stalled' | 'error' | 'in-progress';

export interface JournalEntry {
  /** The request id, as the client was told it. */
  readonly id: string;
  /** When it came, in milliseconds on the mock's clock. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** By lower-case name; keys and cookies read `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where nothing was read. A very long one is cut, and then `body` is absent. */
  readonly rawBody?: string | undefined;
  /** Absent where it was not JSON. */
  readonly body?: unknown;
  /** Absent where the path leads nowhere. */
  readonly endpoint?: 'messages' | 'count-tokens' | 'models-list' | 'models-get' | undefined;
  /** The entry of the script that answered, as it was written; `default` where nothing was scripted. Absent where no script was asked. */
  readonly matched?: string | undefined;
  /** What is wrong with the request, where `validate` is `warn`. */
  readonly warning?: string | undefined;
  /** Absent until it is known. */
  readonly status?: number | undefined;
  /** What the client was handed, at most some 256 KiB of it. */
  readonly frames: readonly SentFrame[];
  readonly outcome: JournalOutcome;
  /** Where the client left: how much it had been handed. Pings are frames, but not counted as events. */
  readonly abortedAfter?: { readonly frames: number; readonly events: number } | undefined;
}

/** Everything of an entry, as plain data. */
export function entryData(entry: JournalEntry): JournalEntry {
  const { id, at, method, url, headers, rawBody, body, endpoint, matched, warning, status, frames, outcome, abortedAfter } = entry;
  return { id, at, method, url, headers, rawBody, body, endpoint, matched, warning, status, frames, outcome, abortedAfter };
}

/** Undefined where it is not JSON. */
export function parsedBody(rawBody: string | undefined): unknown {
  try {
    return JSON.parse(rawBody ?? '');
  } catch {
    return undefined;
  }
}
