/** What can end a run from outside: the caller's signal and the time limit. */
import type { Ended } from '../spec/index.ts';

export interface Stopper {
  /** Aborts what is in flight. */
  readonly signal: AbortSignal;
  /** Only meaningful once the signal has aborted. */
  readonly ended: () => Ended;
  readonly because: () => string;
  readonly dispose: () => void;
}

export function stopperOf(outside: AbortSignal | undefined, maxTimeMs: number | undefined): Stopper {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  if (outside?.aborted === true) stop();
  outside?.addEventListener('abort', stop);
  const timer = maxTimeMs === undefined ? undefined : setTimeout(stop, maxTimeMs);
  return {
    signal: controller.signal,
    ended: () => (outside?.aborted === true ? 'interrupted' : 'max-time'),
    because: () => (outside?.aborted === true ? 'interrupted' : `the run reached its limit of ${(maxTimeMs ?? 0) / 1000} s`),
    dispose: () => {
      clearTimeout(timer);
      outside?.removeEventListener('abort', stop);
    },
  };
}
