/** Requests with one mistake, taken as if it were not there: a row for each, which trips the check of that row. */
import { assumes, ignores } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, at, type Touch } from '../touching.ts';

export interface Mistake {
  /** Last part of the id of the check, `errors.in.<row>`, and of the fault. */
  readonly row: string;
  /** What the server takes. */
  readonly takes: string;
  /** Where the mistake is, and what stands there; its text is enough where that is one value. */
  readonly pointer: string;
  readonly wrong: (value: unknown) => boolean;
  /** What the server takes it for. Default: as if nothing stood there. */
  readonly right?: unknown;
  /** Where another place is put right than the wrong one. */
  readonly rightAt?: string;
  /** Which requests, over those that are wrong there. */
  readonly of?: Touch;
  readonly imitates?: readonly string[];
  readonly alsoTrips?: readonly string[];
  readonly mayTrip?: Readonly<Record<string, string>>;
}

/** A fault for each mistake, in the requests that are of that kind. */
export function taken(kind: Touch, mistakes: readonly Mistake[]): readonly KnownFault[] {
  return mistakes.map(({ row, takes, pointer, wrong, right, rightAt = pointer, of, imitates, alsoTrips = [], mayTrip }) =>
    fault({
      id: `takes-${row}`,
      sentence: `The server takes ${takes}.`,
      layer: 'behaviour',
      ...(imitates === undefined ? {} : { imitates }),
      trips: [`errors.in.${row}`, ...alsoTrips],
      ...(mayTrip === undefined ? {} : { mayTrip }),
      touches: all(kind, at(pointer, wrong), ...(of === undefined ? [] : [of])),
      act: right === undefined ? ignores(rightAt) : assumes({ [rightAt]: right }),
    }),
  );
}

export const absent = (value: unknown): boolean => value === undefined;

/** That value, or an equal one. */
export function is(wanted: unknown): (value: unknown) => boolean {
  const text = JSON.stringify(wanted);
  return (value) => JSON.stringify(value) === text;
}

export function isLong(least: number): (value: unknown) => boolean {
  return (value) => (typeof value === 'string' || Array.isArray(value)) && value.length >= least;
}

/** An object with that field. */
export function holds(field: string): (value: unknown) => boolean {
  return (value) => typeof value === 'object' && value !== null && field in value;
}
