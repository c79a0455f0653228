/** What a server may do with something that it does not offer: take it, or refuse it so that a client understands. */
import { judgeAnswer } from './acceptance.ts';
import type { Evidence } from './model/evidence.ts';
import { fail, inconclusive, type Judgement, pass } from './model/judgement.ts';
import { errorTypeOf } from './model/refusal.ts';
import { isBusy } from './named-steps.ts';
import { isAccepted } from './reading.ts';

/** Faults of all refusals, each of which has a check of its own. */
export const refusalCauses = [
  'http.json.parses',
  'errors.envelope.not-foreign',
  'errors.envelope.error-object',
  'errors.type.matches-status',
] as const;

/** Passes a 2xx, and a 4xx (or 501) with an error type. Fails silence, which leaves the client waiting, and every other status. */
export function judgeCleanAnswer(evidence: Evidence): Judgement {
  const { ended, status, exchange } = evidence;
  if (isBusy(evidence)) return inconclusive('server busy');
  if (ended === 'timed-out-by-us' || ended === 'limit-by-us') {
    return fail({ expected: 'an answer', found: exchange.problem ?? 'an answer without end' });
  }
  if (status === undefined || ended !== 'complete') return inconclusive(`no complete answer: ${exchange.problem ?? ended}`);
  if (isAccepted(evidence)) return judgeAnswer(evidence);
  return isCleanRefusal(evidence) ? pass : fail({ expected: 'a 2xx answer, or a 4xx with the error envelope', found: answerOf(evidence) });
}

/** A refusal that a client can read. */
export function isCleanRefusal(evidence: Evidence): boolean {
  const { status = 0, ended } = evidence;
  return ended === 'complete' && ((status >= 400 && status < 500) || status === 501) && errorTypeOf(evidence) !== undefined;
}

/** Status and error type, for findings. */
export function answerOf(evidence: Evidence): string {
  return `${evidence.status ?? evidence.ended} ${errorTypeOf(evidence) ?? 'without an error type'}`;
}
