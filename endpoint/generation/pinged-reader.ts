/**
 * Reads a backend and notices when it is silent. Clients cut a stream after 300 s without a byte (Claude Code 2.1), and proxies much
 * sooner, so while nothing comes a ping is due at every interval.
 */
import type { Clock } from '../clock.ts';

export type Step<Event> =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'end' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'aborted' };

export class PingedReader<Event> {
  readonly #source: AsyncIterator<Event>;
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  readonly #interval: number;
  #cancelTimer: () => void;
  #pending: Promise<IteratorResult<Event>> | undefined;
  /** Resolves the step that is being waited for. */
  #wake: ((step: Step<Event>) => void) | undefined;

  constructor(source: AsyncIterator<Event>, signal: AbortSignal, clock: Clock, intervalMs: number) {
    this.#source = source;
    this.#signal = signal;
    this.#clock = clock;
    this.#interval = intervalMs;
    this.#cancelTimer = clock.after(intervalMs, this.#tick);
    signal.addEventListener('abort', this.#giveUp);
  }

  /** What comes next: an event, the end, a ping that is due, or the news that the client is gone. Rejects as the backend does. */
  next(): Promise<Step<Event>> {
    if (this.#signal.aborted) return Promise.resolve({ kind: 'aborted' });
    const pending = (this.#pending ??= this.#source.next());
    return new Promise((resolve, reject) => {
      this.#wake = resolve;
      pending.then((result) => this.#arrive(result), reject);
    });
  }

  #arrive(result: IteratorResult<Event>): void {
    this.#pending = undefined;
    this.#wakeWith(result.done === true ? { kind: 'end' } : { kind: 'event', event: result.value });
  }

  /** Lets go of backend and clock; a backend that is stuck is not waited for. */
  stop(): void {
    this.#cancelTimer();
    this.#signal.removeEventListener('abort', this.#giveUp);
    // Whatever it throws while it is put down, nobody is left to tell.
    this.#source.return?.().catch(() => undefined);
  }

  readonly #tick = (): void => {
    this.#cancelTimer = this.#clock.after(this.#interval, this.#tick);
    this.#wakeWith({ kind: 'ping' });
  };

  readonly #giveUp = (): void => {
    this.stop();
    this.#wakeWith({ kind: 'aborted' });
  };

  #wakeWith(step: Step<Event>): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.(step);
  }
}
