/** The kill matrix: what each fault tripped, held against what it says that it trips. */
import type { KnownFault } from '../../mock/faults/fault.ts';
import { exempt } from './exempt.ts';
import type { Trial } from './trial.ts';

/** A fault with more is no proof for one check. */
const mostTripped = 5;

export interface Matrix {
  /** What is wrong, one sentence each. */
  readonly complaints: readonly string[];
  readonly killed: number;
  readonly summary: string;
}

/** @param wanted the checks that must be killed, of all `checks`. */
export function matrixOf(
  faults: readonly KnownFault[],
  trials: readonly Trial[],
  checks: readonly string[],
  wanted: readonly string[] = checks,
): Matrix {
  const byId = new Map(trials.map((trial) => [trial.fault, trial]));
  const killed = new Set<string>();
  const complaints: string[] = [];
  for (const { id, trips, mayTrip = {} } of faults) {
    const trial = byId.get(id);
    if (trial === undefined) {
      complaints.push(`${id}: was not tried`);
      continue;
    }
    if (trial.problem !== undefined) complaints.push(`${id}: ${trial.problem}`);
    const tripped = new Set(trial.tripped);
    const missed = trips.filter((check) => !tripped.has(check));
    const surprising = trial.tripped.filter((check) => !trips.includes(check) && !(check in mayTrip));
    if (missed.length > 0) complaints.push(`${id}: does not trip ${missed.join(', ')}`);
    if (surprising.length > 0) complaints.push(`${id}: trips ${surprising.join(', ')} and does not say so`);
    if (tripped.size <= mostTripped) for (const check of trips) if (tripped.has(check)) killed.add(check);
    for (const check of [...trips, ...Object.keys(mayTrip)])
      if (!checks.includes(check)) complaints.push(`${id}: there is no check ${check}`);
  }
  const alive = wanted.filter((check) => !killed.has(check) && !(check in exempt));
  for (const check of alive) complaints.push(`${check}: no fault of at most ${mostTripped} trips kills it`);
  for (const check of Object.keys(exempt)) if (killed.has(check)) complaints.push(`${check}: is exempt, and killed`);
  return {
    complaints,
    killed: killed.size,
    summary: `kill matrix: ${faults.length} faults, ${wanted.length} checks, ${wanted.filter((check) => killed.has(check)).length} checks killed, ${complaints.length} unexplained`,
  };
}
