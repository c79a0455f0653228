/** From what was sent to the run record: evidence, capabilities, verdicts, totals, exit code. */
import type { Capability, CapabilityFinding, Ended, RunRecord, Target } from '../spec/index.ts';
import { checks, probes } from '../suites/catalogue.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { exitCodeOf, totalsOf } from './exit-code.ts';
import { capabilitiesOf } from './judge/capabilities.ts';
import { judge } from './judge/judge.ts';
import type { Selection } from './select.ts';
import type { Session } from './session.ts';
import { suite } from './suite.ts';

export interface Sent {
  readonly session: Session;
  readonly target: Target;
  readonly selection: Selection;
  readonly leftOut: ReadonlyMap<string, string>;
  readonly required: ReadonlySet<Capability>;
  readonly failOn: 'must' | 'should';
  readonly startedAt: Date;
  readonly ended: Ended;
  readonly endedBecause: string | undefined;
  readonly misconfigured: boolean;
  readonly unreachable: boolean;
  /** Probes that threw: our own fault, by id. */
  readonly brokenProbes: ReadonlyMap<string, string>;
  /** Probes that have nothing to ask in this run, by id, with the reason. */
  readonly unsent: ReadonlyMap<string, string>;
}

export function recordOf(sent: Sent): RunRecord {
  const { session, ended, endedBecause } = sent;
  session.markStops();
  const evidence = session.allEvidence();
  const capabilities: readonly CapabilityFinding[] = capabilitiesOf(evidence);
  const verdicts = judge({
    checks,
    probes,
    evidence,
    capabilities,
    required: sent.required,
    leftOut: sent.leftOut,
    brokenProbes: sent.brokenProbes,
    unsent: sent.unsent,
    ...(endedBecause === undefined ? {} : { endedBecause }),
  });
  return {
    format: 'messages-conformance/run-record',
    formatVersion: 1,
    suite,
    startedAt: sent.startedAt.toISOString(),
    durationMs: Date.now() - sent.startedAt.getTime(),
    ended,
    ...(endedBecause === undefined ? {} : { endedBecause }),
    target: sent.target,
    options: { ...sent.selection, require: [...sent.required] },
    capabilities,
    steps: session.steps,
    exchanges: session.exchanges,
    verdicts,
    totals: totalsOf(verdicts),
    exitCode: exitCodeOf(verdicts, { ...sent, isAnswered: evidence.some(isAnsweredMessage) }, sent.failOn),
  };
}

function isAnsweredMessage({ endpoint, status = 0, ended }: Evidence): boolean {
  return endpoint === 'messages' && status >= 200 && status < 300 && ended === 'complete';
}
