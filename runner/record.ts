/** From what was sent to the run record: evidence, capabilities, verdicts, totals, exit code. */
import type { CapabilityFinding, ClientReadiness, Ended, RunRecord, Target, Verdict } from '../spec/index.ts';
import { requiredParts } from '../spec/record/required-parts.ts';
import { checks, probes } from '../suites/catalogue.ts';
import type { Check } from '../suites/model/check.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import type { Agenda } from './agenda.ts';
import { applyBaseline, type BaselineForRun } from './baseline.ts';
import { exitCodeOf, totalsOf } from './exit-code.ts';
import { capabilitiesOf } from './judge/capabilities.ts';
import { judge } from './judge/judge.ts';
import { type ClientForRun, readinessOf } from './readiness.ts';
import { verdictsForClients } from './readiness-evidence.ts';
import type { Session } from './session.ts';
import { suite } from './suite.ts';

export interface Sent {
  /** What was sent and is judged: of a run its session, of a recording what stands in it. */
  readonly session: Pick<Session, 'exchanges' | 'steps' | 'markStops' | 'allEvidence'>;
  readonly target: Target;
  readonly agenda: Agenda;
  readonly failOn: 'must' | 'should';
  readonly startedAt: Date;
  readonly ended: Ended;
  readonly endedBecause: string | undefined;
  readonly misconfigured: boolean;
  readonly unreachable: boolean;
  /** Probes that threw: our own fault, by id. */
  readonly brokenProbes: ReadonlyMap<string, string>;
  /** Probes that need a package which is not installed, by id, with the reason. */
  readonly absentPeers: ReadonlyMap<string, string>;
  readonly clients: readonly ClientForRun[];
  /** Of them, the one that the exit code is about. */
  readonly client: string | undefined;
  readonly quick: boolean;
  readonly tokenBudget: number | undefined;
  readonly baseline: BaselineForRun | undefined;
}

export function recordOf(sent: Sent): RunRecord {
  const { session, ended, endedBecause } = sent;
  session.markStops();
  const evidence = session.allEvidence();
  const capabilities: readonly CapabilityFinding[] = capabilitiesOf(evidence);
  const judged = judgeSent(sent, { checks, evidence, all: evidence, capabilities });
  const { verdicts, applied } = applyBaseline(sent.baseline, {
    verdicts: judged,
    steps: session.steps,
    startedAt: sent.startedAt,
    isFinished: ended === 'finished',
  });
  const isBaselineStale = applied?.strict === true && applied.entries.some(({ state }) => state === 'stale');
  const isPartRefused = requiredParts(sent.agenda.named, { capabilities, verdicts }).refused.length > 0;
  const forClients = verdictsForClients(verdicts, checks, evidence, (again, counted) =>
    judgeSent(sent, { checks: again, evidence: counted, all: evidence, capabilities }),
  );
  const readiness = sent.clients.map((client) => readinessOf(client, forClients, checks));
  const isClientUnready = readiness.some((client) => client.client === sent.client && isHeldUp(client, verdicts));
  return {
    format: 'messages-conformance/run-record',
    formatVersion: 1,
    suite,
    startedAt: sent.startedAt.toISOString(),
    durationMs: Date.now() - sent.startedAt.getTime(),
    ended,
    ...(endedBecause === undefined ? {} : { endedBecause }),
    target: sent.target,
    options: optionsOf(sent),
    capabilities,
    steps: session.steps,
    exchanges: session.exchanges,
    verdicts,
    readiness,
    ...(applied === undefined ? {} : { baseline: applied }),
    totals: totalsOf(verdicts),
    exitCode: exitCodeOf(
      verdicts,
      { ...sent, isAnswered: evidence.some(isAnsweredMessage), isClientUnready, isBaselineStale, isPartRefused },
      sent.failOn,
    ),
  };
}

/** What is judged: some checks over some evidence, with the capabilities that all of it shows. */
export interface Question {
  readonly checks: readonly Check[];
  readonly evidence: readonly Evidence[];
  readonly all: readonly Evidence[];
  /** Where they are known already. */
  readonly capabilities?: readonly CapabilityFinding[];
}

export function judgeSent(
  { agenda, brokenProbes, absentPeers, endedBecause }: Sent,
  { all, capabilities = capabilitiesOf(all), ...question }: Question,
): readonly Verdict[] {
  return judge({
    ...question,
    probes,
    capabilities,
    required: agenda.required,
    leftOut: agenda.leftOut,
    brokenProbes,
    unsent: agenda.unsent,
    unpaid: new Map([...agenda.unpaid, ...absentPeers]),
    ...(endedBecause === undefined ? {} : { endedBecause }),
  });
}

/** Whether a client cannot be used for a reason that the baseline does not list. */
function isHeldUp({ state, blockers }: ClientReadiness, verdicts: readonly Verdict[]): boolean {
  const known = new Set(verdicts.flatMap((verdict) => (verdict.known === undefined ? [] : [verdict.check])));
  return state === 'not-ready' && !blockers.every(({ check }) => known.has(check));
}

function optionsOf({ agenda, quick, tokenBudget, client, failOn }: Sent): RunRecord['options'] {
  const { only, skip, level } = agenda.selection;
  return {
    only,
    skip,
    level,
    require: [...agenda.named],
    ...(quick ? { quick } : {}),
    ...(tokenBudget === undefined ? {} : { tokenBudget }),
    ...(client === undefined ? {} : { client }),
    ...(failOn === 'must' ? {} : { failOn }),
  };
}

/** Whether a request for a message was accepted: without any, nothing was said about the API. */
export function isAnsweredMessage({ endpoint, status = 0, ended }: Evidence): boolean {
  return endpoint === 'messages' && status >= 200 && status < 300 && ended === 'complete';
}
