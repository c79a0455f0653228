/** The tool runner of the official SDK: it sends what the model called back with results, and by itself it asks for a message thread. */
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass, shown } from '../model/judgement.ts';
import { at, blocksOf, isAccepted, isCut, isList } from '../reading.ts';
import { sdkTypescript } from '../references.ts';
import { observedOf, seenIn, throwing, thrownIn } from './observed.ts';

const common = {
  layer: 'http',
  source: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/lib/tools/BetaToolRunner.ts',
  needs: ['tools', 'forced-tool-choice'],
} as const;
const refuse = 'Refuse the field `thread` with 400 and error.details.error_code "thread_unsupported_request".';

const listIn = (evidence: Evidence, name: string): readonly unknown[] => {
  const list = seenIn(evidence, name);
  return isList(list) ? list : [];
};

const hasCall = (reply: unknown): boolean => blocksOf(reply).some(({ type }) => type === 'tool_use');

/** Judges the loop, given that the first reply, made by force, holds a call. */
function judgeLoop(runner: Evidence, judge: (first: unknown) => Judgement): Judgement {
  const [first] = listIn(runner, 'replies');
  if (first === undefined) return inconclusive(`there was no reply: ${thrownIn(runner) ?? runner.status}`);
  if (isCut(runner)) return inconclusive('the call was cut');
  return hasCall(first) ? judge(first) : inconclusive('no tool was called');
}

const runsTool = scenario({
  ...common,
  id: 'sdk.tool-runner.runs-tool',
  level: 'must',
  requirement: 'The tool runner of the official SDK runs the tool that a reply calls.',
  covers: ['sdk.runner.stop-reasons'],
  breaks: [sdkTypescript('the tool runner stops without running the tool, and without an error: stop_reason is not tool_use')],
  fix: 'Say stop_reason: "tool_use" in every reply that ends with a call, and role and type in every message.',
  reads: { runner: 'sdk-tools/runner' },
  judge: ({ runner }) =>
    judgeLoop(runner, (first) => {
      if (listIn(runner, 'inputs').length > 0) return pass;
      const stop = `stop_reason ${shown(at(first, 'stop_reason'))}`;
      return fail({ of: runner, expected: 'the tool to be run', found: `it was not: ${thrownIn(runner) ?? stop}` });
    }),
});

const completes = scenario({
  ...common,
  id: 'sdk.tool-runner.completes',
  level: 'should',
  requirement: 'The tool runner of the official SDK completes a loop: a call, its result, and a reply without a call.',
  covers: ['tools.runner.compat', 'sdk.runner.stop-reasons'],
  breaks: [sdkTypescript('the tool runner throws at its second request, or asks again and again')],
  after: ['sdk.tool-runner.runs-tool'],
  reads: { runner: 'sdk-tools/runner' },
  judge: ({ runner }) =>
    judgeLoop(runner, () => {
      if (listIn(runner, 'inputs').length === 0) return inconclusive('the tool was not run');
      const thrown = thrownIn(runner);
      if (thrown !== undefined) return fail(throwing(runner, thrown));
      const second = listIn(runner, 'replies')[1];
      if (second === undefined) return fail({ of: runner, expected: 'a second reply', found: 'none' });
      const stop = at(second, 'stop_reason');
      if (stop === 'pause_turn') return fail({ of: runner, expected: 'a stop_reason that ends the turn', found: shown(stop) });
      return hasCall(second) ? inconclusive('a tool was called although tool_choice forbade it') : pass;
    }),
});

const results = scenario({
  ...common,
  id: 'sdk.tool-runner.results-accepted',
  level: 'must',
  requirement: 'The second request of the tool runner, with the results of all calls in one user message, is accepted.',
  covers: ['sdk.runner.batch-results'],
  breaks: [sdkTypescript('the tool runner throws BadRequestError after the tool has run')],
  reads: { runner: 'sdk-tools/runner', second: 'sdk-tools/runner-2' },
  judge: ({ runner, second }) => {
    const calls = blocksOf(listIn(runner, 'replies')[0]).filter(({ type }) => type === 'tool_use').length;
    const answers = blocksOf(lastMessage(second)).filter(({ type }) => type === 'tool_result').length;
    if (answers === 0 || answers !== calls) return inconclusive(`${answers} results for ${calls} calls were sent`);
    return isAccepted(second) ? pass : fail({ of: second, expected: 'a 2xx answer', found: `${second.status}` });
  },
});

function lastMessage({ request }: Evidence): unknown {
  const messages = at(request.json, 'messages');
  return isList(messages) ? messages.at(-1) : undefined;
}

const threadWorks = scenario({
  ...common,
  id: 'sdk.tool-runner.thread-works',
  level: 'should',
  requirement:
    'The tool runner of the official SDK works as it is by itself: its message thread is kept, or refused so that it goes on without one.',
  covers: ['oos.threads', 'tools.runner.compat'],
  breaks: [sdkTypescript('the tool runner throws at its first request, unless it is told thread: false')],
  fix: refuse,
  reads: { runner: 'sdk-threads/runner', plain: 'sdk-tools/runner' },
  judge: ({ runner, plain }) => {
    if (observedOf(runner) === undefined) return inconclusive('the record does not say what the SDK made of it');
    if (thrownIn(plain) !== undefined || listIn(plain, 'inputs').length === 0)
      return inconclusive('the tool runner does not work without a thread either');
    const thrown = thrownIn(runner);
    return thrown === undefined ? pass : fail(throwing(runner, thrown));
  },
});

const threadHistory = scenario({
  ...common,
  id: 'sdk.tool-runner.thread-history',
  level: 'should',
  requirement: 'What the tool runner of the official SDK sends is the whole conversation, or continues a thread that the server keeps.',
  covers: ['oos.threads', 'tools.runner.compat'],
  breaks: [sdkTypescript('the second request holds nothing but a tool result: the conversation is lost, and no error says so')],
  fix: refuse,
  reads: { second: 'sdk-threads/runner-2', unknown: 'thread/continue-unknown' },
  judge: ({ second, unknown }) => (at(second.request.json, 'thread', 'type') === 'continue' ? judgeContinued(second, unknown) : pass),
});

/** A server that takes any thread keeps none. */
function judgeContinued(second: Evidence, unknown: Evidence): Judgement {
  if (!isAccepted(second) || !isAccepted(unknown)) return pass;
  const messages = at(second.request.json, 'messages');
  const count = isList(messages) ? messages.length : 0;
  return fail({
    of: second,
    expected: 'a refusal, as threads that never were are taken too',
    found: `${second.status} to ${count === 1 ? 'a lone tool_result' : `${count} messages`}: the thread was ignored`,
  });
}

export const toolRunnerChecks: readonly Check[] = [runsTool, completes, results, threadWorks, threadHistory];
