/** How long checks took, for formats that have a time for each test. */
import type { RunRecord } from '../spec/record/index.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * Milliseconds by check: the exchanges of the probes that it reads. Judging takes no time worth telling, and exchanges are shared, so
 * each counts once, for the first check that reads it: the sum is the time spent on the server.
 */
export function checkTimes({ steps, exchanges, verdicts }: RunRecord, { checks }: Catalogue): ReadonlyMap<string, number> {
  const byExchange = new Map(exchanges.map(({ id, timing }) => [id, Math.max(0, timing.end - timing.sent)]));
  const stepsOf = Map.groupBy(steps, ({ probe }) => probe);
  const probesOf = new Map(checks.map(({ id, probes }) => [id, probes]));
  const times = new Map<string, number>();
  for (const { check } of verdicts) {
    let time = 0;
    for (const { exchange } of (probesOf.get(check) ?? []).flatMap((probe) => stepsOf.get(probe) ?? [])) {
      time += byExchange.get(exchange) ?? 0;
      byExchange.delete(exchange);
    }
    times.set(check, time);
  }
  return times;
}
