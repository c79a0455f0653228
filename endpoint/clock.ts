/** Time as the endpoint sees it, so that a test can hold it still. */

export interface Clock {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Calls `callback` once, `ms` from now, unless the returned function is called first. */
  after(ms: number, callback: () => void): () => void;
}

/** The real clock of Node and of browsers. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (left: number): void => {
      timer = setTimeout(() => (left > longestTimer ? wait(left - longestTimer) : callback()), Math.min(left, longestTimer));
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};

/** Timers that are set to more fire at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimer = 2 ** 31 - 1;

/** Resolves at `deadline` on the clock; at once where it has passed, and early where `signal` aborts. */
export function waitUntil(clock: Clock, deadline: number, signal?: AbortSignal): Promise<void> {
  const ms = deadline - clock.now();
  if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal?.addEventListener('abort', finish);
  });
}
