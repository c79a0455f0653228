/** How fast an answer comes. Deadlines are absolute, counted from the reply's beginning, so that a late timer is made up for and nothing drifts. */
import { show } from '../show.ts';
import { MockScriptError, requireKeys, requireNumber } from '../script/script-error.ts';
import type { Random } from './random.ts';

export interface Pace {
  /** Time to the first event, in milliseconds. The head goes out at once. Default 0. */
  readonly ttft?: number;
  /** Default: no limit. */
  readonly tokensPerSecond?: number;
  /** By what share the time of a token varies, from 0 (never) to 1 (from nothing to double). Default 0. */
  readonly jitter?: number;
  /** Of the jitter. Default: the mock's own sequence. */
  readonly seed?: number;
}

const fields: Readonly<Record<keyof Pace, true>> = { ttft: true, tokensPerSecond: true, jitter: true, seed: true };

/** Throws a `MockScriptError` for a pace that cannot be. */
export function checkPace(place: string, pace: unknown): asserts pace is Pace {
  requireKeys(place, pace, fields);
  const { ttft = 0, tokensPerSecond = 1, jitter = 0, seed = 0 } = pace;
  requireNumber(`${place}.ttft`, ttft, 0);
  requireNumber(`${place}.tokensPerSecond`, tokensPerSecond, Number.MIN_VALUE);
  requireNumber(`${place}.jitter`, jitter, 0);
  if (Number(jitter) > 1) throw new MockScriptError(`${place}.jitter`, `must be at most 1, not ${show(jitter)}.`);
  requireNumber(`${place}.seed`, seed, 0);
}

/** Says when each piece of one answer is due. */
export class Pacer {
  readonly #msPerToken: number;
  readonly #jitter: number;
  readonly #random: Random;
  #due: number;

  constructor({ ttft = 0, tokensPerSecond = Number.POSITIVE_INFINITY, jitter = 0 }: Pace, random: Random) {
    this.#msPerToken = 1000 / tokensPerSecond;
    this.#jitter = jitter;
    this.#random = random;
    this.#due = ttft;
  }

  /** Milliseconds after the reply's beginning. */
  get due(): number {
    return this.#due;
  }

  /** Time passes while so many tokens are made. */
  spend(tokens: number): void {
    for (let i = 0; i < tokens; i += 1) this.#due += this.#msPerToken * (1 + this.#jitter * (2 * this.#random() - 1));
  }

  wait(ms: number): void {
    this.#due += ms;
  }

  /** Nothing can be due before it is there: an answer that is computed slowly is late, and goes on from there. */
  notBefore(ms: number): void {
    this.#due = Math.max(this.#due, ms);
  }
}
