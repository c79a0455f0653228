/** What the parts of the page ask of a record: exchanges with their steps and findings, requests as JSON, and streams. */
import type { Exchange, Finding, Outcome, RunRecord, Step, Verdict } from '../../spec/record/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { Catalogue, CheckInfo } from '../catalogue.ts';
import { parsed } from './frames.ts';
import { type StreamFacts, StreamMemo } from './stream-memo.ts';
import type { StreamView } from './stream-view.ts';

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
  /** Of the stream; absent where the answer is no event stream. */
  readonly streamFacts: StreamFacts | undefined;
  /** The stream itself, taken apart when it is asked for: to be looked at, not to be held on to. */
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
  const streams = new StreamMemo();
  const exchanges = new Map(
    record.exchanges.map((exchange) => [
      exchange.id,
      viewOf(exchange, streams, { steps: steps.get(exchange.id) ?? [], findings: findings.get(exchange.id) ?? [] }),
    ]),
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

/** Characters of a request that is kept parsed; the record has it anyway. */
const shortRequest = 64 * 1024;

function viewOf(exchange: Exchange, streams: StreamMemo, known: Pick<ExchangeView, 'steps' | 'findings'>): ExchangeView {
  const text = exchange.request.body?.kind === 'text' ? exchange.request.body.text : '';
  const kept = text.length <= shortRequest ? objectIn(text) : undefined;
  const isAskedFor = (kept ?? objectIn(text))?.['stream'] === true;
  return {
    ...known,
    exchange,
    get request() {
      return text.length <= shortRequest ? kept : objectIn(text);
    },
    get streamFacts() {
      return streams.facts(exchange, isAskedFor);
    },
    get stream() {
      return streams.view(exchange, isAskedFor);
    },
  };
}

function objectIn(text: string): JsonObject | undefined {
  const json = parsed(text);
  return isJsonObject(json) ? json : undefined;
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
