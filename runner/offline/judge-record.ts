/** Judges a run record again, with today's catalogue: the same evidence, the same selection, the same baseline. */
import type { Capability, Level, RunRecord, Step } from '../../spec/index.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { type Agenda, agendaOf } from '../agenda.ts';
import { evidenceOf } from '../evidence.ts';
import { offer } from '../offer.ts';
import type { ClientForRun } from '../readiness.ts';
import { recordOf } from '../record.ts';
import { type JudgeOptions, judgeTraffic } from './traffic.ts';

export interface RecordOptions extends JudgeOptions {
  /** Clients whose readiness the record shall state. */
  readonly clients: readonly ClientForRun[];
  /** Where the target keeps its models list. Default `/v1/models`. */
  readonly modelsPath?: string;
}

/**
 * The record as today's suite judges it. A record without steps, as the proxy writes, is judged as traffic.
 * @throws ConformanceError `usage` for a selection of nothing.
 */
export function judgeRecord(record: RunRecord, options: RecordOptions): RunRecord {
  const { exchanges, steps, target, ended, endedBecause, baseline } = record;
  const startedAt = new Date(record.startedAt);
  const failOn = options.failOn ?? record.options.failOn ?? 'must';
  if (steps.length === 0 && exchanges.length > 0) {
    return judgeTraffic({ exchanges, target, startedAt, durationMs: record.durationMs, ...options }, { ...options, failOn });
  }
  const again = recordOf({
    session: {
      exchanges: [...exchanges],
      steps: [...steps],
      // It was marked when the run ended.
      markStops: () => undefined,
      allEvidence: () => evidenceIn(record, options),
    },
    target,
    agenda: agendaFor(record, options),
    failOn,
    startedAt,
    ended,
    endedBecause,
    misconfigured: ended === 'preflight' && record.exitCode === 2,
    unreachable: exchanges.every((exchange) => exchange.ended === 'refused'),
    brokenProbes: new Map(),
    absentPeers: unsentFor(record, options),
    clients: options.clients,
    client: record.options.client,
    quick: record.options.quick ?? false,
    tokenBudget: record.options.tokenBudget,
    baseline: baseline && {
      entries: baseline.entries.map(({ state: _state, ...entry }) => entry),
      strict: baseline.strict,
      ...fileOf(baseline),
    },
  });
  return { ...again, durationMs: record.durationMs };
}

function fileOf({ file }: { readonly file?: string }): { readonly file?: string } {
  return file === undefined ? {} : { file };
}

/** As a session gives it: exchanges that a step asked for. */
function evidenceIn({ exchanges, steps, target }: RunRecord, { modelsPath }: RecordOptions): readonly Evidence[] {
  const byExchange = Map.groupBy(steps, ({ exchange }) => exchange);
  return exchanges.flatMap((exchange) => {
    const own: readonly Step[] = byExchange.get(exchange.id) ?? [];
    if (own.length === 0) return [];
    const preflight = own.every(({ probe }) => probe === 'preflight');
    return [evidenceOf(exchange, own, { baseUrl: target.baseUrl, preflight, ...(modelsPath === undefined ? {} : { modelsPath }) })];
  });
}

/** What the run was about, unless something else is asked for now. */
function agendaFor({ options: was, target }: RunRecord, options: RecordOptions): Agenda {
  return agendaOf(
    {
      only: options.only ?? was.only,
      skip: options.skip ?? was.skip,
      level: options.level ?? levelOf(was.level),
      require: was.require.filter(isCapability),
      clients: options.clients,
      ...(was.client === undefined ? {} : { client: was.client }),
      ...(was.quick === true ? { quick: true } : {}),
      ...(was.tokenBudget === undefined ? {} : { tokenBudget: was.tokenBudget }),
      // Only whether there was one matters.
      ...(target.auth === 'none' ? {} : { apiKey: '*' }),
    },
    offer,
  );
}

/** Why probes were not sent, as the record says of checks that it selected: the run had no room, no package, no time for them. */
function unsentFor(record: RunRecord, { clients }: RecordOptions): ReadonlyMap<string, string> {
  const { leftOut } = agendaFor(record, { clients });
  const sent = new Set(record.steps.map(({ probe }) => probe));
  const reasons = new Map(
    record.verdicts.flatMap(({ check, outcome, reason }) =>
      outcome === 'skipped' && reason !== undefined && !leftOut.has(check) ? [[check, reason]] : [],
    ),
  );
  return new Map(
    offer.checks.flatMap(({ id, probes }) => {
      const reason = reasons.get(id);
      return reason === undefined ? [] : probes.filter((probe) => !sent.has(probe)).map((probe) => [probe, reason] as const);
    }),
  );
}

// The schema has made sure of both words; the record's types are wider, so that older versions can read newer records.
function levelOf(level: string): Level {
  return level === 'must' || level === 'should' ? level : 'may';
}

const capabilities: ReadonlySet<string> = new Set(offer.checks.flatMap(({ needs = [] }) => needs));

function isCapability(word: string): word is Capability {
  return capabilities.has(word);
}
