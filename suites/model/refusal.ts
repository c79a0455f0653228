/**
 * Checks on refusals. Each has a control: the same request without the defect, with the same stream flag, accepted in this run.
 * Where the control was refused, a refusal of the mutant says nothing about the defect.
 */
import type { Level } from '../../spec/index.ts';
import { holdsAnswer } from '../reading.ts';
import { type CheckMeta, scenario, type ScenarioCheck } from './check.ts';
import type { Evidence } from './evidence.ts';
import { fail, inconclusive, type Judgement, pass, shown } from './judgement.ts';

/** What answer is right: status, and error type of the envelope. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  /** Other answers that are as good. */
  readonly or?: readonly { readonly status: number; readonly type: string }[];
}

export const badRequest: Refusal = { status: 400, type: 'invalid_request_error' };
export const notFound: Refusal = { status: 404, type: 'not_found_error' };

/** Faults that all refusals would show, each of which has a check of its own. What is left: the mutant was taken, or refused as something else. */
export const refusalFaults: readonly string[] = [
  'http.json.parses',
  'errors.envelope.not-foreign',
  'errors.envelope.error-object',
  'errors.type.matches-status',
  'errors.status.invalid-is-400',
  'errors.status.no-5xx-on-bad-input',
  'errors.stream.refused-as-json',
];

/** Judges `mutant`, given that `control` was accepted. */
export function judgeRefusal(control: Evidence, mutant: Evidence, expected: Refusal): Judgement {
  if (control.status === undefined || control.status >= 300) {
    return inconclusive(`the same request without the defect was not accepted (${statusOf(control)})`);
  }
  // A server that says 200 to everything takes nothing, so it refuses nothing either.
  if (!holdsAnswer(control)) return inconclusive(`the same request without the defect got ${control.status}, but no answer`);
  const accepted = [expected, ...(expected.or ?? [])];
  if (accepted.some(({ status, type }) => mutant.status === status && errorTypeOf(mutant) === type)) return pass;
  return fail({
    of: mutant,
    expected: accepted.map(({ status, type }) => `${status} ${type}`).join(' or '),
    found: foundText(mutant),
  });
}

/** One judgement of refusals in several modes: a wrong answer in one fails, and half an answer is none. */
export function judgeAll(judgements: readonly Judgement[]): Judgement {
  const deviations = judgements.flatMap((judgement) => (judgement.outcome === 'fail' ? judgement.deviations : []));
  if (deviations.length > 0) return { outcome: 'fail', deviations };
  return judgements.find(({ outcome }) => outcome !== 'pass') ?? pass;
}

export interface RefusalCheck extends Omit<CheckMeta, 'since'> {
  readonly since?: string;
  /** Addresses `probe/step`. */
  readonly control: string;
  readonly mutant: string;
  /** The same two as streams, which are judged as well. */
  readonly inStream?: { readonly control: string; readonly mutant: string };
  readonly level: Level;
  readonly expected?: Refusal;
}

/** Declares a scenario check on a refusal; default 400 `invalid_request_error`. */
export function refusal({ control, mutant, inStream, expected = badRequest, ...meta }: RefusalCheck): ScenarioCheck {
  const common = { after: refusalFaults, ...meta };
  if (inStream === undefined)
    return scenario({ ...common, reads: { control, mutant }, judge: (steps) => judgeRefusal(steps.control, steps.mutant, expected) });
  return scenario({
    ...common,
    reads: { control, mutant, controlStream: inStream.control, mutantStream: inStream.mutant },
    judge: (steps) =>
      judgeAll([judgeRefusal(steps.control, steps.mutant, expected), judgeRefusal(steps.controlStream, steps.mutantStream, expected)]),
  });
}

function foundText(mutant: Evidence): string {
  if (mutant.status !== undefined && mutant.status < 300) return `${mutant.status}, it was accepted`;
  return `${statusOf(mutant)} ${errorTypeOf(mutant) ?? 'without an error type'}`;
}

function statusOf({ status, ended }: Evidence): string {
  return status === undefined ? `no answer, ${ended}` : String(status);
}

/** `error.type` of the envelope, where the body is one. */
export function errorTypeOf({ json }: Evidence): string | undefined {
  if (typeof json !== 'object' || json === null || !('error' in json)) return undefined;
  const { error } = json;
  if (typeof error !== 'object' || error === null || !('type' in error)) return undefined;
  return typeof error.type === 'string' ? error.type : shown(error.type);
}
