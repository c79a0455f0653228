/** Message threads: a server that takes `thread` without keeping one loses the conversation, and nobody is told. */
import { type Check, check } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { answerOf, isCleanRefusal, judgeCleanAnswer, refusalCauses } from '../clean-answer.ts';
import { isBusy, namedSteps } from '../named-steps.ts';
import { at, isAccepted } from '../reading.ts';
import { sdkTypescript } from '../references.ts';

const source = 'https://platform.claude.com/docs/en/build-with-claude/message-threads';
const recovery = 'Refuse the field with 400 and error.details.error_code "thread_unsupported_request".';

const create = check({
  id: 'beta.thread.create-answered',
  level: 'may',
  layer: 'http',
  requirement: 'A request that creates a message thread is answered 2xx, or refused with a 4xx and the error envelope.',
  covers: ['oos.threads'],
  source,
  breaks: [sdkTypescript('from 1.2 on the tool runner asks for a thread in its first request')],
  fix: recovery,
  after: refusalCauses,
  reads: namedSteps('requests that create a thread', 'thread/create'),
  probes: ['thread'],
  judge: judgeCleanAnswer,
});

const continueUnknown = check({
  id: 'beta.thread.unknown-refused',
  // Seen with clients; the page about threads does not spell it out.
  level: 'should',
  layer: 'http',
  requirement: 'A request that continues a message thread which the server does not have is refused with a 4xx.',
  covers: ['oos.threads'],
  source,
  breaks: [sdkTypescript('the tool runner sends only the new tool results: the conversation is lost, and no error says so')],
  fix: recovery,
  after: refusalCauses,
  reads: namedSteps('requests that continue an unknown thread', 'thread/continue-unknown'),
  probes: ['thread'],
  judge: (evidence) => {
    if (isAccepted(evidence)) return fail({ expected: 'a 4xx', found: `${evidence.status}: the thread was ignored` });
    return judgeCleanAnswer(evidence);
  },
});

const recoverable = check({
  id: 'beta.thread.refusal-recoverable',
  level: 'should',
  layer: 'http',
  requirement: 'Where message threads are refused, error.details.error_code says thread_unsupported_request.',
  covers: ['oos.threads', 'err.details.optional'],
  source: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/lib/tools/BetaToolRunner.ts',
  breaks: [sdkTypescript('the tool runner fails, unless it is told thread: false; with this code it sends the whole history instead')],
  fix: recovery,
  after: refusalCauses,
  reads: namedSteps('requests that create a thread', 'thread/create'),
  probes: ['thread'],
  judge: (evidence) => {
    if (isAccepted(evidence)) return notApplicable('threads are not refused');
    if (isBusy(evidence) || !isCleanRefusal(evidence)) return inconclusive(`no refusal to read: ${answerOf(evidence)}`);
    const code = at(evidence.json, 'error', 'details', 'error_code');
    return code === 'thread_unsupported_request'
      ? pass
      : fail({ expected: '"thread_unsupported_request"', found: shown(code), pointer: '/error/details/error_code' });
  },
});

export const threadChecks: readonly Check[] = [create, continueUnknown, recoverable];
