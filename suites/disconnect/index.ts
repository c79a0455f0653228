/** Clients hang up: a user presses Escape, a timeout strikes. The server stops working for them and serves the next. */
import { judgeAnswer } from '../acceptance.ts';
import { type Check, check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { answerOf } from '../clean-answer.ts';
import { isBusy, namedSteps } from '../named-steps.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

type Mode = 'stream' | 'json';
const left = { stream: 'in the middle of a stream', json: 'before a JSON answer came' } as const;
const fix = 'Watch for the end of the connection while generating, and abort the generation with it.';

function nextAnswered(mode: Mode): GeneralCheck {
  return check({
    id: `disconnect.${mode}.next-answered`,
    level: 'must',
    layer: 'http',
    requirement: `After a client has hung up ${left[mode]}, the next request is answered as before.`,
    covers: ['stream.abort', 'sdk.stream.abort', 'own.abort-harmless'],
    source: docs.streaming,
    breaks: [
      claudeCode('Escape, and nothing answers any more'),
      sdkTypescript('after break or abort() the next request hangs'),
      sdkPython('after leaving a stream the next request hangs'),
    ],
    fix,
    reads: namedSteps(`requests after a client hung up ${left[mode]}`, `disconnect/after-${mode}`),
    probes: ['disconnect'],
    judge: (evidence) => {
      if (isAccepted(evidence)) return judgeAnswer(evidence);
      if (isBusy(evidence)) return inconclusive('server busy');
      const { ended, exchange, status } = evidence;
      // The end of the run, or our own limit, says nothing about the server.
      if (ended === 'aborted-by-us' || ended === 'limit-by-us') return inconclusive(`not waited for: ${ended}`);
      return fail({ expected: 'a 2xx answer, as before', found: status === undefined ? (exchange.problem ?? ended) : answerOf(evidence) });
    },
  });
}

/** So many times the undisturbed answer, and a second more, is what a machine may need that has other things to do. */
const allowance = { factor: 5, ms: 1000 } as const;

function slotFreed(mode: Mode): ScenarioCheck {
  return scenario({
    id: `disconnect.${mode}.slot-freed`,
    level: 'should',
    layer: 'semantics',
    requirement: `After a client has hung up ${left[mode]}, the next request does not wait for what was left to generate.`,
    covers: ['stream.abort', 'sdk.stream.abort', 'own.abort-harmless'],
    source: docs.streaming,
    breaks: [claudeCode('an abandoned request goes on, and its own retry queues behind it')],
    fix,
    reads: { before: 'disconnect/before', abandoned: `disconnect/${mode}`, after: `disconnect/after-${mode}` },
    judge: ({ before, abandoned, after }) => {
      if (abandoned.ended !== 'aborted-by-us') return inconclusive('the answer was complete before the suite could hang up');
      if (!isAccepted(before) || !isAccepted(after)) return inconclusive('the requests before and after were not both accepted');
      const took = ({ exchange }: typeof before): number => exchange.timing.end - exchange.timing.sent;
      const undisturbed = took(before);
      const most = allowance.factor * undisturbed + allowance.ms;
      return took(after) <= most
        ? pass
        : fail({
            of: after,
            expected: `an answer within ${most.toFixed(0)} ms; undisturbed it took ${undisturbed.toFixed(0)}`,
            found: `${took(after).toFixed(0)} ms`,
          });
    },
  });
}

export const checks: readonly Check[] = [nextAnswered('stream'), slotFreed('stream'), nextAnswered('json'), slotFreed('json')];
