/** Who may use which sequence of the context: one owner each, first come first served, and a queue that is never endless. */
import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { ApiError } from '../endpoint/errors.ts';

interface Waiting {
  readonly prompt: readonly Token[];
  readonly grant: (sequence: LlamaContextSequence) => void;
}

/** A sequence on loan. Two generations on one sequence would not fail but interleave. */
export interface Lease extends Disposable {
  readonly sequence: LlamaContextSequence;
}

export class SequencePool {
  readonly #idle: LlamaContextSequence[];
  readonly #queue: Waiting[] = [];
  readonly #longestQueue: number;

  constructor(context: LlamaContext, longestQueue: number) {
    this.#idle = Array.from({ length: context.totalSequences }, () => context.getSequence());
    this.#longestQueue = longestQueue;
  }

  /**
   * Waits for a sequence, of the idle ones that which shares most of what it holds with the prompt. Undefined if `signal` aborts first.
   *
   * @throws ApiError 529 `overloaded_error` with `retry-after` if too many wait already.
   */
  async acquire(prompt: readonly Token[], signal: AbortSignal): Promise<Lease | undefined> {
    if (signal.aborted) return undefined;
    const idle = this.#takeIdle(prompt);
    if (idle !== undefined) return this.#lease(idle);
    if (this.#queue.length >= this.#longestQueue) {
      throw new ApiError('overloaded_error', 'The model is busy and its queue is full. Try again in a second.', {
        headers: { 'retry-after': '1' },
      });
    }
    const sequence = await this.#wait(prompt, signal);
    return sequence === undefined ? undefined : this.#lease(sequence);
  }

  async #wait(prompt: readonly Token[], signal: AbortSignal): Promise<LlamaContextSequence | undefined> {
    const { promise, resolve } = Promise.withResolvers<LlamaContextSequence | undefined>();
    const waiting: Waiting = { prompt, grant: resolve };
    const leave = (): void => {
      const place = this.#queue.indexOf(waiting);
      if (place === -1) return;
      this.#queue.splice(place, 1);
      resolve(undefined);
    };
    this.#queue.push(waiting);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #lease(sequence: LlamaContextSequence): Lease {
    let isReturned = false;
    return {
      sequence,
      [Symbol.dispose]: () => {
        if (isReturned) return;
        isReturned = true;
        this.#idle.push(sequence);
        this.#serveNext();
      },
    };
  }

  #serveNext(): void {
    const next = this.#queue.shift();
    if (next === undefined) return;
    const sequence = this.#takeIdle(next.prompt);
    if (sequence === undefined) this.#queue.unshift(next);
    else next.grant(sequence);
  }

  #takeIdle(prompt: readonly Token[]): LlamaContextSequence | undefined {
    if (this.#idle.length === 0) return undefined;
    const gains = this.#idle.map((sequence) => gain(sequence, prompt));
    return this.#idle.splice(gains.indexOf(Math.max(...gains)), 1)[0];
  }
}

/** What is reused, less what is lost: a long conversation is not thrown away for the sake of a greeting that begins alike. */
function gain(sequence: LlamaContextSequence, prompt: readonly Token[]): number {
  const shared = sequence.compareContextTokens([...prompt]).firstDifferentIndex;
  return shared - (sequence.nextTokenIndex - shared);
}
