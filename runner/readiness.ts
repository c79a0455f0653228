/** Which clients can be used with the server: a pure function of verdicts and client profiles. */
import type { ClientReadiness, Obstacle, Outcome, Verdict } from '../spec/index.ts';
import type { Check } from '../suites/model/check.ts';

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

/**
 * @param verdicts as clients meet them
 * @param checks whose failure limits the clients that they say break, where no profile says more of it
 */
export function readinessOf(
  { id, needs }: ClientForRun,
  verdicts: readonly Verdict[],
  checks: readonly Pick<Check, 'id' | 'breaks'>[] = [],
): ClientReadiness {
  const outcomes = new Map(verdicts.map(({ check, outcome }) => [check, outcome]));
  const among = (wanted: readonly ClientNeed[], isWanted: (outcome: Outcome) => boolean): readonly Obstacle[] =>
    wanted.flatMap((need) =>
      need.checks.filter((check) => isWanted(outcomes.get(check) ?? 'skipped')).map((check) => ({ check, effect: need.without })),
    );
  const vital = needs.filter(({ blocks }) => blocks);
  const blockers = among(vital, (outcome) => failures.has(outcome));
  const named = new Set(needs.flatMap((need) => need.checks));
  const unnamed = checks
    .filter((check) => !named.has(check.id) && !isToldElsewhere(check.id) && outcomes.get(check.id) === 'fail')
    .flatMap(({ id: check, breaks }) =>
      breaks.filter(({ client }) => client === id).map(({ effect }) => ({ check, effect: sentence(effect) })),
    );
  const limits = among(
    needs.filter(({ blocks }) => !blocks),
    (outcome) => failures.has(outcome),
  ).concat(unnamed);
  const isUndecided = among(vital, isOpen).length > 0;
  const state = blockers.length > 0 ? 'not-ready' : isUndecided ? 'unknown' : limits.length > 0 ? 'ready-with-limits' : 'ready';
  return { client: id, state, blockers, limits, open: among(needs, isOpen).map(({ check }) => check) };
}

/**
 * What these say of clients is about a refusal in the wrong form, and most of them fail because nothing was refused. A wrong form fails
 * `errors.status.no-5xx-on-bad-input` or `errors.status.invalid-is-400` as well.
 */
function isToldElsewhere(check: string): boolean {
  return check.startsWith('errors.in.') || check.startsWith('errors.json.');
}

/** Effects are written as the end of a sentence about the client. A name out of code that begins one stays as it is. */
function sentence(effect: string): string {
  return `${/^[a-z]+[ ,:]/.test(effect) ? effect.charAt(0).toUpperCase() + effect.slice(1) : effect}.`;
}
