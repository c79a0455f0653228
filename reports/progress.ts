/** How far a run is: one live line on a terminal, now and then a plain one elsewhere. The clock is injected, nothing here waits. */
import { oneLine } from './terminal/wrap.ts';

export interface ProgressState {
  readonly requestsDone: number;
  readonly requestsPlanned: number;
  /** Requests that had no orderly answer. Which checks fail is known only at the end. */
  readonly requestsFailed: number;
  /** Ids of the probes that are being sent. */
  readonly running: readonly string[];
  /** Output tokens reported so far. */
  readonly generated: number;
}

export interface ProgressOptions {
  /** Usually standard error: standard output is the report. */
  readonly write: (text: string) => void;
  /** Whether a line can be written over: a terminal, and not in CI. */
  readonly isLive: boolean;
  /** Columns; asked each time, since a window may change. */
  readonly width: () => number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Least time between plain lines, milliseconds. Default 5000. */
  readonly everyMs?: number;
}

export interface Progress {
  /** Takes the newest state. */
  update(state: ProgressState): void;
  /** Shows the elapsed time going on while nothing happens. */
  tick(): void;
  /** Clears the live line, so that other text can be printed; the next update draws it again. */
  clear(): void;
}

const clearLine = '\r\u001b[K';

export function createProgress({ write, isLive, width, now, everyMs = 5000 }: ProgressOptions): Progress {
  const began = now();
  let state: ProgressState | undefined;
  let isDrawn = false;
  let wroteAt = began;

  const draw = (): void => {
    if (state === undefined) return;
    if (isLive) {
      // One column stays free: a full line would wrap, and then not be cleared.
      write(`${clearLine}${oneLine(lineOf(state, now() - began), width() - 1)}`);
      isDrawn = true;
    } else if (now() - wroteAt >= everyMs) {
      write(`${lineOf(state, now() - began)}\n`);
      wroteAt = now();
    }
  };
  return {
    update(next) {
      state = next;
      draw();
    },
    tick: draw,
    clear() {
      if (isDrawn) write(clearLine);
      isDrawn = false;
    },
  };
}

/** `12/80 requests, 1 failed, 0:34, about 3 min left, 340 tokens, tools-any, stream-text`: what tells most comes first, a narrow line loses the end. */
function lineOf({ requestsDone, requestsPlanned, requestsFailed, running, generated }: ProgressState, elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / 1000);
  const left = timeLeft(requestsDone, requestsPlanned, elapsedMs);
  const parts = [
    `${requestsDone}/${Math.max(requestsPlanned, requestsDone)} requests`,
    ...(requestsFailed > 0 ? [`${requestsFailed} failed`] : []),
    `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    ...(left === undefined ? [] : [left]),
    ...(generated > 0 ? [`${generated} tokens`] : []),
    ...running,
  ];
  return parts.join(', ');
}

/** Before so much of the run, and so many milliseconds of it, its pace says nothing. */
const leastShare = 0.05;
const leastMs = 5000;

/**
 * By the pace so far, and no more exact than that is: requests differ. Those that only refuse come as fast at the end as at the
 * beginning, those that generate may all be in front.
 */
function timeLeft(done: number, planned: number, elapsedMs: number): string | undefined {
  if (done === 0 || done >= planned || done / planned < leastShare || elapsedMs < leastMs) return undefined;
  const seconds = ((elapsedMs / done) * (planned - done)) / 1000;
  // Up to 100 s in steps of ten seconds, so that the last minute does not stand still.
  return seconds <= 100 ? `about ${Math.max(10, Math.ceil(seconds / 10) * 10)} s left` : `about ${Math.round(seconds / 60)} min left`;
}
