/**
 * Which exchanges count for a client's readiness. A general check judges all that was sent, much of which no client sends: refused
 * requests, odd routes, messages without room for an answer. What fails only there holds up nobody.
 */
import type { Outcome, Verdict } from '../spec/index.ts';
import { areaOf, type Check } from '../suites/model/check.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { at } from '../suites/reading.ts';
import { Unknowable } from './judge/unknowable.ts';

/** Areas of general checks that are about requests of another kind than turns; undefined for all exchanges. */
const askedFor: Readonly<Record<string, ((evidence: Evidence) => boolean) | undefined>> = {
  errors: isMessages,
  'count-tokens': undefined,
  models: undefined,
};

const failed: ReadonlySet<Outcome> = new Set(['fail', 'warn', 'info']);

/**
 * The verdicts as clients meet them: of general checks that failed, by the exchanges that clients make.
 * @param judgeAgain judges those checks by that evidence alone
 */
export function verdictsForClients(
  verdicts: readonly Verdict[],
  checks: readonly Check[],
  evidence: readonly Evidence[],
  judgeAgain: (checks: readonly Check[], evidence: readonly Evidence[]) => readonly Verdict[],
): readonly Verdict[] {
  const failures = new Set(verdicts.filter(({ outcome }) => failed.has(outcome)).map(({ check }) => check));
  const doubtful = checks.filter(({ id, kind }) => kind === 'general' && failures.has(id) && countsFor(id) !== undefined);
  const answered = evidence.filter(({ steps }) => !steps.some(({ serverStopped }) => serverStopped === true));
  const again = [...Map.groupBy(doubtful, ({ id }) => countsFor(id) ?? isTurn)].flatMap(([counts, own]) =>
    judgeAgain(own, answered.filter(unlessUnknown(counts))),
  );
  const byCheck = new Map(again.map((verdict) => [verdict.check, verdict]));
  return verdicts.map((verdict) => byCheck.get(verdict.check) ?? verdict);
}

/** Where a recording does not have the request, such as a raw event stream, its answer counts. */
function unlessUnknown(counts: (evidence: Evidence) => boolean): (evidence: Evidence) => boolean {
  return (evidence) => {
    try {
      return counts(evidence);
    } catch (error) {
      if (error instanceof Unknowable) return true;
      throw error;
    }
  };
}

function countsFor(check: string): ((evidence: Evidence) => boolean) | undefined {
  const area = areaOf(check);
  return area in askedFor ? askedFor[area] : isTurn;
}

function isMessages({ endpoint, request }: Evidence): boolean {
  return endpoint === 'messages' && request.method === 'POST';
}

/** A request for a message, with room for it, that was not refused; refusals are for the checks of errors. */
function isTurn(evidence: Evidence): boolean {
  const { request, status = 0 } = evidence;
  return isMessages(evidence) && request.validity !== 'invalid' && at(request.json, 'max_tokens') !== 0 && status < 300;
}
