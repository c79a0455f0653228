/**
 * One run behind all tests of a suite. A test about a scenario has only the probes of its check sent; one about every exchange waits for what
 * all tests that run have sent, so that filters leave unsent what they leave out, and the verdicts are those that `run` would give.
 */
import { type OpenRun, openRun } from '../runner/open-run.ts';
import type { RunOptions } from '../runner/index.ts';
import { probesOf } from '../runner/select.ts';
import type { Verdict } from '../spec/index.ts';
import { requiredParts } from '../spec/record/required-parts.ts';
import type { Check } from '../suites/model/check.ts';
import { inOptions } from './option-words.ts';

export interface Conversation {
  /** @throws Error where the server cannot be asked at all; the message says what to do. */
  begin(options: RunOptions): Promise<void>;
  /** @param running the checks whose tests run, this one among them. */
  verdict(check: Check, running: () => readonly Check[]): Promise<Verdict>;
  /** Ends it. @throws Error where the server has gone, or has not answered a single request for a message. */
  end(keep: (run: OpenRun) => void): Promise<void>;
  readonly run: () => OpenRun;
}

export function conversation(): Conversation {
  let open: OpenRun | undefined;
  let isAccused = false;
  let required: readonly string[] = [];
  const opened = (): OpenRun => {
    if (open === undefined) throw new Error('The conversation has not begun.');
    return open;
  };
  return {
    async begin(options) {
      required = options.require ?? [];
      const run = openRun(options);
      try {
        await run.begin();
        if (run.endedBecause !== undefined) throw new Error(inOptions(run.endedBecause));
      } catch (error) {
        await run.close();
        throw error;
      }
      open = run;
    },
    async verdict(check, running) {
      const run = opened();
      await run.send(probesOf(check.kind === 'general' ? running() : [check]));
      const first = run.verdict(check);
      // Whether the server refuses an optional part, another probe may tell.
      const isOpen = check.kind === 'scenario' && first.outcome !== 'pass' && (check.needs ?? []).length > 0;
      if (isOpen) await run.send(probesOf(running()));
      const last = isOpen ? run.verdict(check) : first;
      isAccused ||= last.outcome === 'fail' || last.outcome === 'warn';
      return last;
    },
    async end(keep) {
      if (open === undefined) return;
      await open.close();
      keep(open);
      if (open.endedBecause !== undefined) {
        throw new Error(`The run ended early: ${inOptions(open.endedBecause)}. What was not sent by then is skipped.`);
      }
      const { refused } = requiredParts(required, open.record());
      if (refused.length > 0) throw new Error(`The server refuses ${refused.join(', ')}, which this run requires.`);
      // Skipped tests do not fail a test run, and a server that answers nothing must not pass by them.
      if (!isAccused && !open.isAnswered()) throw new Error('The server accepted no request for a message, so nothing is known about it.');
    },
    run: opened,
  };
}
