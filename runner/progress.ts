/** Tells the caller how far a run is. */
import type { Step } from '../spec/index.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import type { Probe } from '../suites/model/probe.ts';
import type { RunOptions } from './options.ts';

export interface Progress {
  readonly onStep: (step: Step, evidence: Evidence) => void;
  /** Names the probe as running while `send` runs. */
  readonly during: (probe: Probe, send: () => Promise<void>) => Promise<void>;
}

export function progressOf(planned: readonly Probe[], onEvent: RunOptions['onEvent']): Progress {
  const requestsPlanned = planned.reduce((sum, { cost }) => sum + cost.requests, 0);
  const running = new Set<string>();
  const counted = new Set<string>();
  let requestsDone = 0;
  let generated = 0;
  const report = (): void => onEvent?.({ type: 'progress', requestsDone, requestsPlanned, running: [...running], generated });
  return {
    onStep: ({ address, probe }, evidence) => {
      const { timing, ended, id } = evidence.exchange;
      onEvent?.({ type: 'step', address, status: evidence.status, ms: timing.end - timing.sent, ended });
      if (probe === 'preflight') return;
      requestsDone += 1;
      if (!counted.has(id)) generated += outputTokensOf(evidence.message);
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
      }
    },
  };
}

function outputTokensOf(message: unknown): number {
  if (typeof message !== 'object' || message === null || !('usage' in message)) return 0;
  const { usage } = message;
  if (typeof usage !== 'object' || usage === null || !('output_tokens' in usage)) return 0;
  return typeof usage.output_tokens === 'number' ? usage.output_tokens : 0;
}
