/** A parameter that a model honestly refuses in a message need not be counted either. */
import type { Check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { inconclusive } from '../model/judgement.ts';

/** For checks by id: the step that asks for a message with the same parameter. */
const asked: Readonly<Record<string, string>> = { 'count-tokens.request.thinking': 'thinking-modes/enabled' };

/** The check, judged only where a message with that parameter was taken. */
export function whereTaken(check: Check): Check {
  const message = asked[check.id];
  if (message === undefined || check.kind !== 'scenario') return check;
  return {
    ...check,
    reads: { ...check.reads, message },
    judge: (steps: Readonly<Record<string, Evidence>>) =>
      steps['message']?.status === 400 ? inconclusive('the model does not take it in a message either') : check.judge(steps),
  };
}
