/** Faults by chance, the same in every run with the same seed. */
import { isKnownErrorType, type ErrorType } from '../../spec/index.ts';
import { ApiError, type StreamEnding } from '../../endpoint/index.ts';
import { cutAfter, type Fault } from '../faults.ts';
import { brokenBody } from '../play/broken-body.ts';
import { defaultMessages } from '../script/refusal.ts';
import { MockScriptError, requireNumber } from '../script/script-error.ts';
import type { Random } from './random.ts';

/** An error type is an answer with its status; the others break a stream after a few frames, or a body in its middle. */
export type ChaosFault = ErrorType | 'reset' | 'stall' | 'truncate';

export interface ChaosOptions {
  /** From 0 to 1. */
  readonly probability: number;
  /** One of them is chosen. Default: `overloaded_error` and `reset`. */
  readonly faults?: readonly ChaosFault[];
}

/** Frames of a stream that come before it breaks, at most. */
const mostFrames = 12;

export class Chaos {
  readonly #probability: number;
  readonly #faults: readonly ChaosFault[];
  readonly #random: Random;

  constructor({ probability, faults = ['overloaded_error', 'reset'] }: ChaosOptions, random: Random) {
    requireNumber('chaos.probability', probability, 0);
    requireNumber('chaos.probability (as 1 - probability)', 1 - probability, 0);
    for (const fault of faults) {
      if (!isKnownErrorType(fault) && !breaks.has(fault))
        throw new MockScriptError('chaos.faults', `there is no fault ${JSON.stringify(fault)}.`);
    }
    this.#probability = probability;
    this.#faults = faults;
    this.#random = random;
  }

  /** What befalls the next reply: usually nothing. Throws where the fault is an error before the stream. */
  strike(): Fault | undefined {
    if (this.#random() >= this.#probability) return undefined;
    const fault = this.#faults[Math.floor(this.#random() * this.#faults.length)];
    if (fault === undefined) return undefined;
    if (isKnownErrorType(fault)) throw new ApiError(fault, defaultMessages[fault]);
    return brokenAt(1 + Math.floor(this.#random() * mostFrames), fault === 'truncate' ? 'end' : fault);
  }
}

const breaks: ReadonlySet<string> = new Set(['reset', 'stall', 'truncate']);

function brokenAt(frames: number, ending: StreamEnding): Fault {
  return (reply, request) => {
    if (reply.kind === 'stream') return cutAfter(frames, ending)(reply, request);
    return { kind: 'stream', status: reply.status, headers: reply.headers, frames: brokenBody(reply.body, ending) };
  };
}
