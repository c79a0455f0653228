/** What a check may say about evidence. */
import type { Evidence, Frame } from './evidence.ts';

/** A deviation, before the framework fills in addresses. `of` defaults to the evidence being judged. */
export interface Deviation {
  readonly expected: string;
  readonly found: string;
  readonly of?: Evidence;
  readonly frame?: Frame;
  /** JSON Pointer into the frame's data, else into the response body. */
  readonly pointer?: string;
}

export type Judgement =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'fail'; readonly deviations: readonly Deviation[] }
  /** The evidence could not be had, or leaves it open. */
  | { readonly outcome: 'inconclusive'; readonly reason: string }
  /** Nothing of the kind occurs in this exchange. */
  | { readonly outcome: 'not-applicable'; readonly reason: string };

export const pass: Judgement = { outcome: 'pass' };

/** @param deviations at least one; the first is the most telling. */
export function fail(...deviations: readonly [Deviation, ...Deviation[]]): Judgement {
  return { outcome: 'fail', deviations };
}

/** `pass` without deviations, else `fail` with all of them. */
export function verdictOf(deviations: readonly Deviation[]): Judgement {
  const [first, ...rest] = deviations;
  return first === undefined ? pass : fail(first, ...rest);
}

export function inconclusive(reason: string): Judgement {
  return { outcome: 'inconclusive', reason };
}

export function notApplicable(reason: string): Judgement {
  return { outcome: 'not-applicable', reason };
}

/** A value from the wire, short enough for one line of a report. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
