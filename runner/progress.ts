/** Tells the caller how far a run is. */
import type { Exchange, Step } from '../spec/index.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import type { Probe } from '../suites/model/probe.ts';
import type { RunOptions } from './options.ts';

export interface Progress {
  readonly onStep: (step: Step, evidence: Evidence) => void;
  /** Names the probe as running while `send` runs. */
  readonly during: (probe: Probe, send: () => Promise<void>) => Promise<void>;
  /** The probe will not be sent. */
  readonly leaveOut: (probe: Probe) => void;
}

export function progressOf(planned: readonly Probe[], onEvent: RunOptions['onEvent']): Progress {
  /** Requests that each probe has still before it: a cost is the most that it may need, with every retry of an unwilling model. */
  const ahead = new Map(planned.map(({ id, cost }) => [id, cost.requests]));
  const running = new Set<string>();
  const counted = new Set<string>();
  let requestsDone = 0;
  let requestsFailed = 0;
  let generated = 0;
  const report = (): void => {
    const requestsPlanned = [...ahead.values()].reduce((sum, requests) => sum + requests, requestsDone);
    onEvent?.({ type: 'progress', requestsDone, requestsPlanned, requestsFailed, running: [...running], generated });
  };
  return {
    onStep: ({ address, probe }, evidence) => {
      const { timing, ended, id } = evidence.exchange;
      onEvent?.({ type: 'step', address, status: evidence.status, ms: timing.end - timing.sent, ended });
      if (probe === 'preflight') return;
      requestsDone += 1;
      ahead.set(probe, Math.max(0, (ahead.get(probe) ?? 0) - 1));
      // A request that several steps share is one.
      if (!counted.has(id)) {
        generated += outputTokensOf(evidence.message);
        if (isFailed(evidence.exchange)) requestsFailed += 1;
      }
      counted.add(id);
      report();
    },
    during: async ({ id }, send) => {
      running.add(id);
      report();
      try {
        await send();
      } finally {
        running.delete(id);
        ahead.delete(id);
      }
    },
    leaveOut: ({ id }) => void ahead.delete(id),
  };
}

/** What we cut ourselves is no failure of the server's, save for its silence. */
function isFailed({ ended, response }: Exchange): boolean {
  const isDisorderly = ended === 'refused' || ended === 'reset' || ended === 'protocol-error' || ended === 'timed-out-by-us';
  return isDisorderly || (response?.status ?? 0) >= 500;
}

function outputTokensOf(message: unknown): number {
  if (typeof message !== 'object' || message === null || !('usage' in message)) return 0;
  const { usage } = message;
  if (typeof usage !== 'object' || usage === null || !('output_tokens' in usage)) return 0;
  return typeof usage.output_tokens === 'number' ? usage.output_tokens : 0;
}
