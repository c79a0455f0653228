/**
 * Checks that a server takes a valid request. Each has a control, the same request without the thing in question: where that
 * was refused too, the refusal says nothing about it. What a model then says is for other checks.
 */
import { type CheckMeta, scenario, type ScenarioCheck } from './model/check.ts';
import type { Evidence } from './model/evidence.ts';
import { fail, inconclusive, type Judgement, pass } from './model/judgement.ts';
import { errorTypeOf } from './model/refusal.ts';
import { holdsAnswer, isAccepted } from './reading.ts';

/** Judges `variant`, given that `control` was accepted. */
export function judgeAcceptance(control: Evidence, variant: Evidence): Judgement {
  if (isAccepted(variant)) return judgeAnswer(variant);
  if (!isAccepted(control)) return inconclusive(`the same request without it was not accepted either (${statusAndType(control)})`);
  return notAccepted(variant);
}

/** The finding on a request that had to be accepted and was not. */
export function notAccepted(evidence: Evidence): Judgement {
  return fail({ of: evidence, expected: 'a 2xx answer', found: statusAndType(evidence) });
}

/** What was answered, for findings: the status, and the type of the error where there is one. */
export function statusAndType(evidence: Evidence): string {
  return `${evidence.status ?? evidence.ended} ${errorTypeOf(evidence) ?? ''}`.trim();
}

/** Judges a 2xx: it shows that the request was taken only where it holds what was asked for. That it must is for the checks of the shape. */
export function judgeAnswer(evidence: Evidence): Judgement {
  return holdsAnswer(evidence) ? pass : inconclusive(`answered ${evidence.status}, but without ${missing[evidence.endpoint]}`);
}

const missing: Readonly<Record<Evidence['endpoint'], string>> = {
  messages: 'a Message',
  'count-tokens': 'a count',
  models: 'a list of models',
  model: 'a model',
  other: 'an answer',
};

export interface AcceptanceCheck extends Omit<CheckMeta, 'since'> {
  readonly since?: string;
  /** Addresses `probe/step`. */
  readonly control: string;
  readonly variant: string;
}

/** Declares a scenario check on a request that must be accepted. */
export function acceptance({ control, variant, ...meta }: AcceptanceCheck): ScenarioCheck {
  return scenario({ ...meta, reads: { control, variant }, judge: (steps) => judgeAcceptance(steps.control, steps.variant) });
}
