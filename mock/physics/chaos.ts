/** Faults by chance, the same in every run with the same seed. */
import { errorTypes, isKnownErrorType, type ErrorType } from '../../spec/index.ts';
import { ApiError, type StreamEnding } from '../../endpoint/index.ts';
import { cutAfter, type Fault } from '../faults/reply-faults.ts';
import { show } from '../show.ts';
import { brokenBody } from '../play/broken-body.ts';
import { defaultHeaders, defaultMessages } from '../script/refusal.ts';
import { hintFor, kindOf, MockScriptError, requireKeys, requireNumber } from '../script/script-error.ts';
import type { Random } from './random.ts';

/** An error type is an answer with its status; the others break a stream after a few frames, or a body in its middle. */
export type ChaosFault = ErrorType | 'reset' | 'stall' | 'truncate';

export interface ChaosOptions {
  /** From 0 to 1. */
  readonly probability: number;
  /** One of them is chosen. Default: `overloaded_error` and `reset`. */
  readonly faults?: readonly ChaosFault[];
}

const fields: Readonly<Record<keyof ChaosOptions, true>> = { probability: true, faults: true };
const breaks = ['reset', 'stall', 'truncate'];

/** Throws a `MockScriptError` for faults that cannot be. */
export function checkChaos(place: string, chaos: unknown): void {
  requireKeys(place, chaos, fields);
  const { probability, faults } = chaos;
  requireNumber(`${place}.probability`, probability, 0);
  if (Number(probability) > 1) throw new MockScriptError(`${place}.probability`, `must be at most 1, not ${show(probability)}.`);
  if (faults === undefined) return;
  if (!Array.isArray(faults)) throw new MockScriptError(`${place}.faults`, `must be an array, not ${kindOf(faults)}.`);
  if (faults.length === 0) throw new MockScriptError(`${place}.faults`, 'must not be empty; for no faults, leave out chaos.');
  const known = [...errorTypes.map(({ type }) => type), ...breaks];
  for (const fault of faults) {
    if (!known.includes(fault)) throw new MockScriptError(`${place}.faults`, `there is no fault ${show(fault)}.${hintFor(fault, known)}`);
  }
}

/** Frames of a stream that come before it breaks, at most. */
const mostFrames = 12;

export class Chaos {
  readonly #probability: number;
  readonly #faults: readonly ChaosFault[];
  readonly #random: Random;

  constructor({ probability, faults = ['overloaded_error', 'reset'] }: ChaosOptions, random: Random) {
    this.#probability = probability;
    this.#faults = faults;
    this.#random = random;
  }

  /** What befalls the next reply: usually nothing. Throws where the fault is an error before the stream. */
  strike(): Fault | undefined {
    if (this.#random() >= this.#probability) return undefined;
    const fault = this.#faults[Math.floor(this.#random() * this.#faults.length)];
    if (fault === undefined) return undefined;
    if (isKnownErrorType(fault)) throw new ApiError(fault, defaultMessages[fault], { headers: defaultHeaders(fault) });
    return brokenAt(1 + Math.floor(this.#random() * mostFrames), fault === 'truncate' ? 'end' : fault);
  }
}

function brokenAt(frames: number, ending: StreamEnding): Fault {
  return (reply, request) => {
    if (reply.kind === 'stream') return cutAfter(frames, ending)(reply, request);
    return { kind: 'stream', status: reply.status, headers: reply.headers, frames: brokenBody(reply.body, ending) };
  };
}
