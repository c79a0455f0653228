/** An answer that is ready to be played: its parts, known or still to come, and what is said around them. */
import type { Usage } from '../../spec/index.ts';
import type { Pace } from '../physics/pace.ts';
import type { Part } from '../script/part.ts';
import type { Stop } from '../script/stop.ts';

export interface Answer {
  /** Parts that are known, or that come while they are made. */
  readonly parts: readonly Part[] | AsyncIterable<Part>;
  /** Read at the beginning. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly paced: Pace | undefined;
  /** Read at the end, since a generator may say it last. */
  readonly stopped: Stop | undefined;
  readonly usage: Partial<Usage>;
}

/** True for an answer that is made while it is sent. */
export function isImprovised(parts: Answer['parts']): parts is AsyncIterable<Part> {
  return Symbol.asyncIterator in parts;
}
