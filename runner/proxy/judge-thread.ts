/** The near end of the thread that judges. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Verdict } from '../../spec/index.ts';
import type { Question } from './judge-worker.ts';

export interface JudgeThread {
  /** Rejects where the thread itself fails, which is our own fault. */
  judge(question: Question): Promise<readonly Verdict[]>;
  end(): Promise<void>;
}

/** Starts it; questions that come before it is ready wait. */
export function startJudgeThread(): JudgeThread {
  // The sources run as they are, and so does what is built of them.
  const worker = new Worker(new URL(`./judge-worker${extname(import.meta.filename)}`, import.meta.url));
  const waiting: PromiseWithResolvers<readonly Verdict[]>[] = [];
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('message', (verdicts: readonly Verdict[]) => waiting.shift()?.resolve(verdicts));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the judging thread ended')));
  return {
    judge(question) {
      if (failure !== undefined) return Promise.reject(failure);
      const asked = Promise.withResolvers<readonly Verdict[]>();
      waiting.push(asked);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      worker.postMessage(question);
      return asked.promise;
    },
    async end() {
      await worker.terminate();
    },
  };
}
