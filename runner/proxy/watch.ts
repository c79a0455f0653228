/** A judging proxy: passes traffic on, judges every exchange when it has ended, and all of them together at the end. */
import type { Exchange, RunRecord, Verdict } from '../../spec/index.ts';
import { type JudgeOptions, judgeTraffic } from '../offline/traffic.ts';
import { targetOfTraffic } from '../offline/target.ts';
import { startJudgeThread } from './judge-thread.ts';
import { type ProxyOptions, startProxy } from './proxy.ts';
import { Shelf, type ShelfOptions } from './shelf.ts';

export interface WatchOptions extends Omit<ProxyOptions, 'onExchange'>, ShelfOptions {
  /** Hears what is wrong with an exchange: nothing, where the list is empty. */
  readonly onJudged: (exchange: Exchange, verdicts: readonly Verdict[]) => void;
}

export interface Watched {
  readonly record: RunRecord;
  /** Exchanges that passed. */
  readonly passed: number;
  /** Of them, those that did not fit into memory: they were judged when they ended, and are not in the record. */
  readonly dropped: number;
}

export interface Watch {
  readonly url: string;
  readonly baseUrl: string;
  /** Ends it. @throws ConformanceError `usage` for a selection of nothing. */
  end(options?: JudgeOptions): Promise<Watched>;
}

/** @throws ConformanceError `usage` for an upstream or a port that cannot be used. */
export async function watch({ onJudged, mostExchanges, mostBytes, ...options }: WatchOptions): Promise<Watch> {
  const shelf = new Shelf({ ...(mostExchanges !== undefined && { mostExchanges }), ...(mostBytes !== undefined && { mostBytes }) });
  const judging = new Set<Promise<void>>();
  let passed = 0;
  const proxy = await startProxy({
    ...options,
    onExchange(exchange) {
      passed += 1;
      shelf.put(exchange);
      const judged = judgeOne(exchange).finally(() => judging.delete(judged));
      judging.add(judged);
    },
  });
  const thread = startJudgeThread();

  async function judgeOne(exchange: Exchange): Promise<void> {
    // A thread that failed leaves the judging to the end, where a fault of ours shows as such.
    const verdicts = await thread.judge({ exchange, baseUrl: proxy.baseUrl }).catch(() => []);
    if (verdicts.length > 0) shelf.mark(exchange.id);
    onJudged(exchange, verdicts);
  }

  return {
    url: proxy.url,
    baseUrl: proxy.baseUrl,
    async end(judgeOptions = {}) {
      const durationMs = Math.round(proxy.now());
      await proxy.close();
      await Promise.all(judging);
      await thread.end();
      const { exchanges, dropped } = shelf;
      const target = targetOfTraffic(proxy.baseUrl, exchanges);
      return { record: judgeTraffic({ exchanges, target, startedAt: proxy.startedAt, durationMs }, judgeOptions), passed, dropped };
    },
  };
}
