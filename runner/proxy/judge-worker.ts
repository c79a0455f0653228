/** A thread that judges, so that what passes never waits for a judgement. Answers each exchange with its verdicts, in order. */
import { platform, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Exchange } from '../../spec/index.ts';
import { targetOfTraffic } from '../offline/target.ts';
import { judgeExchange } from './judge-exchange.ts';

export interface Question {
  readonly exchange: Exchange;
  /** Of the server. */
  readonly baseUrl: string;
}

// What passes goes first, also where there is one core. Elsewhere than on Linux a priority is of the whole process.
if (platform() === 'linux') setPriority(10);

parentPort?.on('message', ({ exchange, baseUrl }: Question) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(judgeExchange(exchange, targetOfTraffic(baseUrl, [exchange])));
});
