/** A clock that stands still until a test moves it. */
import type { Clock } from './clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on, calls what falls due in order, and lets promises settle after each call. */
  advance(ms: number): Promise<void>;
  /** Timers that are waiting. */
  readonly pending: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export function fakeClock(): FakeClock {
  let time = 0;
  const timers = new Set<Timer>();
  return {
    now: () => time,
    after(ms, callback) {
      const timer = { at: time + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      // What was just begun may still set its timers.
      await settled();
      const end = time + ms;
      for (let due = earliest(timers, end); due !== undefined; due = earliest(timers, end)) {
        time = due.at;
        timers.delete(due);
        due.callback();
        await settled();
      }
      time = end;
      await settled();
    },
    get pending() {
      return timers.size;
    },
  };
}

/** One turn of the event loop: every promise that can settle has settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  return [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
}
