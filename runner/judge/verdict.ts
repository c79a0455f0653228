/** From opinion to verdict: level, capabilities and the run's end have their say here and nowhere else. */
import type { Capability, Level, Outcome, Verdict } from '../../spec/index.ts';
import { requirementOf } from '../../spec/record/required-parts.ts';
import type { Check } from '../../suites/model/check.ts';
import type { Probe } from '../../suites/model/probe.ts';
import { probeOf } from '../select.ts';
import type { Opinion } from './opinion.ts';

export interface Circumstances {
  readonly refused: ReadonlySet<Capability>;
  readonly required: ReadonlySet<Capability>;
  readonly probes: readonly Probe[];
  readonly brokenProbes: ReadonlyMap<string, string>;
  readonly unsent: ReadonlyMap<string, string>;
  readonly unpaid: ReadonlyMap<string, string>;
  readonly endedBecause: string | undefined;
}

const failed: Readonly<Record<Level, Outcome>> = { must: 'fail', should: 'warn', may: 'info' };

export function verdictFor(check: Check, opinion: Opinion, circumstances: Circumstances): Verdict {
  const base: Omit<Verdict, 'outcome'> = {
    check: check.id,
    level: check.level,
    judged: opinion.judged,
    findings: opinion.findings,
    findingsTotal: opinion.findingsTotal,
    ...(check.quarantined === undefined ? {} : { quarantined: check.quarantined }),
  };
  if (opinion.outcome === 'harness-error') return { ...base, outcome: 'harness-error', reason: opinion.reason ?? 'unknown' };
  const lacking = lackingCapability(check, opinion, circumstances);
  if (lacking !== undefined && circumstances.required.has(lacking)) {
    return {
      ...base,
      outcome: failed[check.level],
      judged: 1,
      findings: [{ expected: requirementOf(lacking), found: 'refused by the server' }],
      findingsTotal: 1,
    };
  }
  if (lacking !== undefined) {
    return { ...base, outcome: 'unsupported', judged: 0, findings: [], findingsTotal: 0, reason: `the server refuses ${lacking}` };
  }
  const thrown = opinion.missingStep === undefined ? undefined : circumstances.brokenProbes.get(probeOf(opinion.missingStep));
  if (thrown !== undefined) return { ...base, outcome: 'harness-error', reason: `its probe failed: ${thrown}` };
  const idle = opinion.missingStep === undefined ? undefined : circumstances.unsent.get(probeOf(opinion.missingStep));
  if (idle !== undefined) return { ...base, outcome: 'not-applicable', reason: idle };
  const unpaid = unpaidFor(check, opinion, circumstances.unpaid);
  if (unpaid !== undefined) return { ...base, outcome: 'skipped', reason: unpaid };
  const unsent = opinion.missingStep !== undefined || opinion.nothing === true;
  if (unsent && circumstances.endedBecause !== undefined) return { ...base, outcome: 'skipped', reason: circumstances.endedBecause };
  if (opinion.outcome === 'fail') return { ...base, outcome: failed[check.level] };
  return { ...base, outcome: opinion.outcome, ...(opinion.reason === undefined ? {} : { reason: opinion.reason }) };
}

/** The first refused capability that the check, or the probe of a step it misses, needs, or that a request which failed is made of. */
function lackingCapability(check: Check, { missingStep, outcome }: Opinion, { refused, probes }: Circumstances): Capability | undefined {
  const ofProbe = missingStep === undefined ? [] : (probes.find(({ id }) => id === probeOf(missingStep))?.needs ?? []);
  const ofWhole = outcome === 'fail' ? (check.parts ?? []) : [];
  return [...(check.needs ?? []), ...ofProbe, ...ofWhole].find((capability) => refused.has(capability));
}

/** Why a check came to nothing: a probe that it needs was too dear for this run. */
function unpaidFor(check: Check, { missingStep, nothing }: Opinion, unpaid: ReadonlyMap<string, string>): string | undefined {
  if (missingStep !== undefined) return unpaid.get(probeOf(missingStep));
  return nothing === true && check.kind === 'general'
    ? check.probes.map((id) => unpaid.get(id)).find((reason) => reason !== undefined)
    : undefined;
}
