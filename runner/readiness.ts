/** Which clients can be used with the server: a pure function of verdicts and client profiles. */
import type { ClientReadiness, Obstacle, Outcome, Verdict } from '../spec/index.ts';

/** What a run needs to know of a client: the part of its profile that is judged. */
export interface ClientForRun {
  readonly id: string;
  readonly needs: readonly ClientNeed[];
}

interface ClientNeed {
  /** Ids of checks. */
  readonly checks: readonly string[];
  readonly without: string;
  /** Whether the client cannot be used without. */
  readonly blocks: boolean;
}

/** A client does not care how strong a rule is, nor whether the server refused politely. */
const failures: ReadonlySet<Outcome> = new Set(['fail', 'warn', 'info', 'unsupported']);
/** Judged, or found to be of no matter. */
const settled: ReadonlySet<Outcome> = new Set(['pass', 'not-applicable']);

function isOpen(outcome: Outcome): boolean {
  return !failures.has(outcome) && !settled.has(outcome);
}

export function readinessOf({ id, needs }: ClientForRun, verdicts: readonly Verdict[]): ClientReadiness {
  const outcomes = new Map(verdicts.map(({ check, outcome }) => [check, outcome]));
  const among = (wanted: readonly ClientNeed[], isWanted: (outcome: Outcome) => boolean): readonly Obstacle[] =>
    wanted.flatMap(({ checks, without }) =>
      checks.filter((check) => isWanted(outcomes.get(check) ?? 'skipped')).map((check) => ({ check, effect: without })),
    );
  const vital = needs.filter(({ blocks }) => blocks);
  const blockers = among(vital, (outcome) => failures.has(outcome));
  const limits = among(
    needs.filter(({ blocks }) => !blocks),
    (outcome) => failures.has(outcome),
  );
  const isUndecided = among(vital, isOpen).length > 0;
  const state = blockers.length > 0 ? 'not-ready' : isUndecided ? 'unknown' : limits.length > 0 ? 'ready-with-limits' : 'ready';
  return { client: id, state, blockers, limits, open: among(needs, isOpen).map(({ check }) => check) };
}
