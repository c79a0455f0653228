/**
 * Judges traffic that no probe sent: of a real client behind the proxy, from a HAR, from a saved stream. General checks only; what a
 * recording cannot show is left out by name, never passed.
 */
import type { Exchange, Level, RunRecord, Step, Target } from '../../spec/index.ts';
import { checks } from '../../suites/catalogue.ts';
import type { Check } from '../../suites/model/check.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import type { Agenda } from '../agenda.ts';
import { evidenceOf } from '../evidence.ts';
import { recordOf } from '../record.ts';
import { leftOut } from '../select.ts';
import { isStandIn, withoutRequest } from './stand-in.ts';

export interface Traffic {
  readonly exchanges: readonly Exchange[];
  readonly target: Target;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Where the target keeps its models list. Default `/v1/models`. */
  readonly modelsPath?: string;
}

/** What is selected and what gates, as in a run. */
export interface JudgeOptions {
  /** Globs on check ids. Default: all. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Weakest level to judge. Default `may`. */
  readonly level?: Level;
  /** What makes the exit code 1. Default `must`. */
  readonly failOn?: 'must' | 'should';
}

/** @throws ConformanceError `usage` for a selection of nothing. */
export function judgeTraffic(traffic: Traffic, options: JudgeOptions = {}): RunRecord {
  const { exchanges, target, startedAt, durationMs } = traffic;
  const record = recordOf({
    session: {
      exchanges: [...exchanges],
      steps: [],
      markStops: () => undefined,
      allEvidence: () => exchanges.map((exchange) => trafficEvidence(exchange, traffic)),
    },
    target,
    agenda: trafficAgenda(exchanges, options),
    failOn: options.failOn ?? 'must',
    startedAt,
    ended: 'finished',
    // What did not occur was not asked for: no open question, as it would be in a run.
    endedBecause: 'nothing of the kind occurs in what was recorded',
    misconfigured: false,
    unreachable: exchanges.length > 0 && exchanges.every(({ ended }) => ended === 'refused'),
    brokenProbes: new Map(),
    absentPeers: new Map(),
    clients: [],
    client: undefined,
    quick: false,
    tokenBudget: undefined,
    baseline: undefined,
  });
  const { endedBecause: _endedBecause, ...rest } = record;
  return { ...rest, durationMs };
}

const noSteps: readonly Step[] = [];

/** What checks see of an exchange that nobody planned. */
export function trafficEvidence(exchange: Exchange, { target, modelsPath }: Pick<Traffic, 'target' | 'modelsPath'>): Evidence {
  const evidence = evidenceOf(exchange, noSteps, {
    baseUrl: target.baseUrl,
    preflight: false,
    ...(modelsPath === undefined ? {} : { modelsPath }),
  });
  return isStandIn(exchange) ? withoutRequest(evidence) : evidence;
}

function trafficAgenda(exchanges: readonly Exchange[], { only = [], skip = [], level = 'may' }: JudgeOptions): Agenda {
  const selection = { only, skip, level };
  const shown = shownBy(exchanges);
  const reasons = new Map(checks.flatMap((check) => reasonFor(check, shown)));
  return {
    selection,
    leftOut: new Map([...reasons, ...leftOut(checks, selection)]),
    planned: [],
    steps: undefined,
    required: new Set(),
    named: new Set(),
    unsent: new Map(),
    unpaid: new Map(),
  };
}

/** How much of what happened the exchanges show: everything, no times and connections, or nothing but the bytes of the answer. */
type Shown = 'all' | 'messages' | 'body';

/** Whoever saw the connection gave it a number. */
function shownBy(exchanges: readonly Exchange[]): Shown {
  if (exchanges.some(({ connection, ended }) => connection.id > 0 || ended === 'refused')) return 'all';
  return exchanges.every(isStandIn) && exchanges.length > 0 ? 'body' : 'messages';
}

function reasonFor({ id, kind, layer }: Check, shown: Shown): readonly (readonly [string, string])[] {
  if (kind === 'scenario') return [[id, 'it reads the steps of a probe, which only a run sends']];
  if (layer === 'transport' && shown !== 'all') return [[id, 'the recording does not show when each byte came, and on which connection']];
  if (layer === 'http' && shown === 'body') return [[id, 'the recording shows neither status nor headers']];
  return [];
}
