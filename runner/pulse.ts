/**
 * Whether the server is alive. After three transport failures or timeouts in a row the run holds its breath and knocks; where nobody
 * opens, the server has gone.
 */
import type { Ending, Exchange } from '../spec/index.ts';

/** How a knock went: answered, and then whether at the first try. */
export type Knock = 'at-once' | 'later' | 'never';

export interface Pulse {
  /** Takes note of an exchange; waits for the knock that it may cause. */
  feel(exchange: Exchange): Promise<void>;
  /** Resolves at once, or when a knock in progress has been answered or given up. */
  whenSteady(): Promise<void>;
  isGone(): boolean;
  /** Exchanges during which the server stopped answering. */
  readonly stoppedOn: ReadonlySet<string>;
}

const failuresBeforeKnocking = 3;
const failures: ReadonlySet<Ending> = new Set<Ending>(['refused', 'reset', 'protocol-error', 'timed-out-by-us']);

/** @param knock asks the server again and again, for its own bounded time. */
export function takePulse(knock: () => Promise<Knock>): Pulse {
  const stoppedOn = new Set<string>();
  let series: Exchange[] = [];
  let gone = false;
  let knocking: Promise<void> | undefined;
  const knockOnce = async (): Promise<void> => {
    const failed = series;
    const answer = await knock();
    // Broken connections with an open door behind them are the server's way of refusing a request, not its end.
    const stopped = failed.filter(({ ended }) => answer !== 'at-once' || ended === 'timed-out-by-us');
    for (const { id } of stopped) stoppedOn.add(id);
    series = [];
    gone = answer === 'never';
    knocking = undefined;
  };
  return {
    stoppedOn,
    async feel(exchange) {
      if (!failures.has(exchange.ended)) {
        series = [];
        return;
      }
      series.push(exchange);
      if (series.length >= failuresBeforeKnocking) knocking ??= knockOnce();
      await knocking;
    },
    async whenSteady() {
      await knocking;
    },
    isGone: () => gone,
  };
}
