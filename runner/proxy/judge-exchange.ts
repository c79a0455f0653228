/** What the general checks say of one exchange, as soon as it has ended. */
import type { Exchange, Target, Verdict } from '../../spec/index.ts';
import { checks } from '../../suites/catalogue.ts';
import { judge } from '../judge/judge.ts';
import { trafficEvidence } from '../offline/traffic.ts';

const general = checks.filter(({ kind }) => kind === 'general');

/** Verdicts that are no pass: fail, warn, info and our own faults, worst first. */
export function judgeExchange(exchange: Exchange, target: Target): readonly Verdict[] {
  const verdicts = judge({
    checks: general,
    probes: [],
    evidence: [trafficEvidence(exchange, { target })],
    capabilities: [],
    required: new Set(),
    leftOut: new Map(),
    brokenProbes: new Map(),
    unsent: new Map(),
    unpaid: new Map(),
  });
  return (['fail', 'harness-error', 'warn', 'info'] as const).flatMap((wanted) => verdicts.filter(({ outcome }) => outcome === wanted));
}
