/**
 * Judging a run: a pure function of its evidence. Everything is judged, whatever was selected, because a check that was not
 * selected may still be the reason why another cannot be judged.
 */
import type { Capability, CapabilityFinding, Verdict } from '../../spec/index.ts';
import type { Check } from '../../suites/model/check.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import type { Probe } from '../../suites/model/probe.ts';
import { type Blockers, inJudgingOrder } from './blocked.ts';
import { judgeGeneral } from './general.ts';
import type { Opinion } from './opinion.ts';
import { judgeScenario } from './scenario.ts';
import { verdictFor } from './verdict.ts';

export interface Case {
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
  readonly evidence: readonly Evidence[];
  readonly capabilities: readonly CapabilityFinding[];
  /** Capabilities whose refusal is a failure in this run. */
  readonly required: ReadonlySet<Capability>;
  /** Why a check was not selected. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Probes that threw, by id, with the message. */
  readonly brokenProbes: ReadonlyMap<string, string>;
  /** Probes that have nothing to ask in this run, by id, with the reason. */
  readonly unsent: ReadonlyMap<string, string>;
  /** Probes that this run does not pay for, by id, with the reason. */
  readonly unpaid: ReadonlyMap<string, string>;
  /** Why probes were not sent; absent where the run was finished. */
  readonly endedBecause?: string;
}

/** One verdict for each check, in the order of the catalogue. */
export function judge(subject: Case): readonly Verdict[] {
  const steps = lastAttempts(subject.evidence);
  const refused = new Set(subject.capabilities.filter(({ state }) => state === 'refused').map(({ capability }) => capability));
  const blockers: Blockers = new Map();
  const opinions = new Map<string, Opinion>();
  for (const check of inJudgingOrder(subject.checks)) {
    const opinion = check.kind === 'general' ? judgeGeneral(check, subject.evidence, blockers) : judgeScenario(check, steps, blockers);
    opinions.set(check.id, opinion);
    blockers.set(check.id, opinion.spoilt);
  }
  return subject.checks.map((check) => {
    const reason = subject.leftOut.get(check.id);
    if (reason !== undefined)
      return { check: check.id, level: check.level, outcome: 'skipped', judged: 0, findings: [], findingsTotal: 0, reason };
    const opinion = opinions.get(check.id);
    if (opinion === undefined) throw new Error(`check ${check.id} was not judged`);
    return verdictFor(check, opinion, {
      refused,
      required: subject.required,
      probes: subject.probes,
      brokenProbes: subject.brokenProbes,
      unsent: subject.unsent,
      unpaid: subject.unpaid,
      endedBecause: subject.endedBecause,
    });
  });
}

/** The judged attempt of each step, by `probe/step`. */
function lastAttempts(evidence: readonly Evidence[]): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const one of evidence) {
    for (const step of one.steps) if (step.last) found.set(`${step.probe}/${step.step}`, one);
  }
  return found;
}
