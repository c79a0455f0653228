/** Reading what the official SDK made of the answers, as the record tells it. */
import type { Observed } from '../../spec/index.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, type Judgement, shown } from '../model/judgement.ts';
import { at, isAccepted } from '../reading.ts';

export const sdkSource = 'https://github.com/anthropics/anthropic-sdk-typescript';

/** What the SDK made of this exchange, and of those after it. */
export function observedOf({ steps }: Evidence): Observed | undefined {
  return steps.find(({ observed }) => observed !== undefined)?.observed;
}

/** What the probe noted under that name. */
export function seenIn(evidence: Evidence, ...path: readonly [string, ...(string | number)[]]): unknown {
  return at(observedOf(evidence)?.seen, ...path);
}

/** What the SDK threw, in one line. */
export function thrownIn(evidence: Evidence): string | undefined {
  const error = observedOf(evidence)?.error;
  return error === undefined ? undefined : `${error.classes[0] ?? 'something'}: ${shown(error.message)}`;
}

/** Judges what the SDK returned; that it throws at an accepted answer is a failure. A refusal of the request says nothing about the answer. */
export function judgeReturned(evidence: Evidence, judge: () => Judgement): Judgement {
  if (observedOf(evidence) === undefined) return inconclusive('the record does not say what the SDK made of it');
  if (!isAccepted(evidence)) return inconclusive(`the request was refused: ${evidence.status}`);
  const thrown = thrownIn(evidence);
  return thrown === undefined ? judge() : fail(throwing(evidence, thrown));
}

export function throwing(evidence: Evidence, thrown: string): Deviation {
  return { of: evidence, expected: 'a result', found: `the SDK throws ${thrown}` };
}
