/** A scenario's traffic: recorded by the judging proxy between Claude Code and the server, listed, and judged by the suite's general checks. */
import { judgeTraffic } from '../../runner/offline/traffic.ts';
import { targetOfTraffic } from '../../runner/offline/target.ts';
import { startProxy } from '../../runner/proxy/proxy.ts';
import type { Exchange, RunRecord, Verdict } from '../../spec/index.ts';
import { type RequestRow, requestRows } from './requests.ts';

export interface Recorded<Result> {
  readonly result: Result;
  readonly requests: readonly RequestRow[];
  readonly record: RunRecord;
}

/** What the client side needs: where to send, and the recording's clock. */
export interface Recorder {
  readonly url: string;
  readonly now: () => number;
}

/** Runs `work` against a proxy in front of `upstream`, and judges what passed. */
export async function record<Result>(upstream: string, work: (recorder: Recorder) => Promise<Result>): Promise<Recorded<Result>> {
  const exchanges: Exchange[] = [];
  const proxy = await startProxy({ upstream, onExchange: (exchange) => void exchanges.push(exchange) });
  const { baseUrl, startedAt } = proxy;
  let result: Result;
  let durationMs: number;
  try {
    result = await work(proxy);
  } finally {
    durationMs = Math.round(proxy.now());
    await proxy.close();
  }
  const target = targetOfTraffic(baseUrl, exchanges);
  return {
    result,
    requests: requestRows(exchanges, baseUrl),
    record: judgeTraffic({ exchanges, target, startedAt, durationMs }),
  };
}

/** What is wrong with the way the requests went, whatever was asked: refusals, fallbacks, retries, answers that broke off. */
export function requestProblems(requests: readonly RequestRow[]): readonly string[] {
  return requests.flatMap(({ id, kind, path, status, ended }) => {
    const name = `${id} (${path})`;
    return [
      ...(kind === 'fallback' ? [`${name} is a fallback: the same request without stream`] : []),
      ...(kind === 'retry' ? [`${name} asks once more what was asked before`] : []),
      ...(status === undefined ? [`${name} got no answer`] : []),
      ...(status !== undefined && status >= 400 ? [`${name} was refused with ${status}`] : []),
      ...(ended === 'complete' || status === undefined ? [] : [`${name} ended ${ended}`]),
    ];
  });
}

/** What the checks found, a sentence each: of `fail`, or of what is only a warning. */
export function verdictLines({ verdicts }: RunRecord, outcomes: readonly Verdict['outcome'][]): readonly string[] {
  return verdicts
    .filter(({ outcome }) => outcomes.includes(outcome))
    .map(({ outcome, check, reason, findings: [first] }) => {
      const what = first === undefined ? (reason ?? '') : `${first.found}, expected ${first.expected}`;
      return `${outcome} ${check}: ${what}`;
    });
}
