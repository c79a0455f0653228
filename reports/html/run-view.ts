/** What the parts of the page ask of a record, worked out once: exchanges with their steps, requests as JSON, and streams. */
import type { Exchange, Finding, Outcome, RunRecord, Step, Verdict } from '../../spec/record/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { Catalogue, CheckInfo } from '../catalogue.ts';
import { parsed } from './frames.ts';
import { type StreamView, streamOf } from './stream-view.ts';

/** A finding with the check that has it. */
export interface PlacedFinding {
  readonly verdict: Verdict;
  readonly finding: Finding;
}

export interface ExchangeView {
  readonly exchange: Exchange;
  readonly steps: readonly Step[];
  /** The request's body where it is a JSON object. */
  readonly request: JsonObject | undefined;
  readonly findings: readonly PlacedFinding[];
  /** Absent where the answer is no event stream. */
  readonly stream: StreamView | undefined;
}

export interface RunView {
  readonly record: RunRecord;
  readonly checks: ReadonlyMap<string, CheckInfo>;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly exchanges: ReadonlyMap<string, ExchangeView>;
  /** The attempt that was judged, by `probe/step`. */
  readonly judged: ReadonlyMap<string, ExchangeView>;
}

export function runView(record: RunRecord, catalogue: Catalogue): RunView {
  const steps = Map.groupBy(record.steps, ({ exchange }) => exchange);
  const findings = findingsByExchange(record.verdicts);
  const exchanges = new Map(
    record.exchanges.map((exchange) => {
      const { body } = exchange.request;
      const json = body?.kind === 'text' ? parsed(body.text) : undefined;
      const request = isJsonObject(json) ? json : undefined;
      return [
        exchange.id,
        {
          exchange,
          steps: steps.get(exchange.id) ?? [],
          request,
          findings: findings.get(exchange.id) ?? [],
          stream: streamOf(exchange, request?.['stream'] === true),
        },
      ];
    }),
  );
  const judged = record.steps
    .filter(({ last }) => last)
    .flatMap(({ probe, step, exchange }) => {
      const view = exchanges.get(exchange);
      return view === undefined ? [] : [[`${probe}/${step}`, view] as const];
    });
  return {
    record,
    checks: new Map(catalogue.checks.map((check) => [check.id, check])),
    verdicts: new Map(record.verdicts.map((verdict) => [verdict.check, verdict])),
    exchanges,
    judged: new Map(judged),
  };
}

function findingsByExchange(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly PlacedFinding[]> {
  const placed = verdicts.flatMap((verdict) => verdict.findings.map((finding) => ({ verdict, finding })));
  return Map.groupBy(placed, ({ finding }) => finding.at?.exchange ?? '');
}

/** How one check judged one exchange, as far as the record tells: findings name their place, a pass names none. */
export function outcomeAt({ verdicts }: RunView, check: string, exchange: string): Outcome | undefined {
  const verdict = verdicts.get(check);
  if (verdict === undefined) return undefined;
  const { outcome, findings, findingsTotal } = verdict;
  const isNegative = outcome === 'fail' || outcome === 'warn' || outcome === 'info';
  if (!isNegative || findings.some(({ at }) => at === undefined || at.exchange === exchange)) return outcome;
  return findingsTotal > findings.length ? undefined : 'pass';
}
