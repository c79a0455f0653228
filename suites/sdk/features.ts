/** The official SDK with structured output, and what it leaves behind when it goes away. */
import { judgeAnswer } from '../acceptance.ts';
import { isJsonObject } from '../../spec/json.ts';
import { answerOf } from '../clean-answer.ts';
import { type Check, check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass, shown } from '../model/judgement.ts';
import { isBusy, namedSteps } from '../named-steps.ts';
import { isAccepted, isCut } from '../reading.ts';
import { docs, sdkTypescript } from '../references.ts';
import { observedOf, seenIn, sdkSource, throwing, thrownIn } from './observed.ts';

const parse = scenario({
  id: 'sdk.parse.output',
  level: 'must',
  layer: 'semantics',
  requirement: 'messages.parse() of the official SDK returns the object that the format asked for.',
  covers: ['sdk.parse.structured'],
  source: docs.structuredOutputs,
  breaks: [sdkTypescript('messages.parse() throws at prose, or at a code fence around the JSON')],
  fix: 'Constrain generation by a grammar made of the schema; a sentence in the prompt is a hope.',
  needs: ['structured-output'],
  reads: { parse: 'sdk-parse/parse' },
  judge: ({ parse: parsed }) => {
    if (observedOf(parsed) === undefined) return inconclusive('the record does not say what the SDK made of it');
    if (!isAccepted(parsed)) return inconclusive(`the request was refused: ${parsed.status}`);
    if (isCut(parsed)) return inconclusive(`the reply was cut: ${parsed.stopReason ?? 'an error'}`);
    const thrown = thrownIn(parsed);
    if (thrown !== undefined) return fail(throwing(parsed, thrown));
    const value = seenIn(parsed, 'parsed');
    return isJsonObject(value) ? pass : fail({ of: parsed, expected: 'an object in parsed_output', found: shown(value) });
  },
});

const afterBreak = check({
  id: 'sdk.break.next-answered',
  level: 'should',
  layer: 'http',
  requirement: 'After a program has left a stream of the official SDK by break, its next request is answered.',
  covers: ['sdk.stream.abort'],
  source: sdkSource,
  breaks: [sdkTypescript('break closes the connection; where the server goes on generating, the next request waits or hangs')],
  fix: 'Watch for the end of the connection while generating, and abort the generation with it.',
  reads: namedSteps('requests after the SDK left a stream', 'sdk-break/after-left'),
  probes: ['sdk-break'],
  judge: (evidence) => {
    if (isAccepted(evidence)) return judgeAnswer(evidence);
    if (isBusy(evidence)) return inconclusive('server busy');
    const { ended, exchange, status } = evidence;
    // The end of the run, or our own limit, says nothing about the server.
    if (ended === 'aborted-by-us' || ended === 'limit-by-us') return inconclusive(`not waited for: ${ended}`);
    return fail({ expected: 'a 2xx answer', found: status === undefined ? (exchange.problem ?? ended) : answerOf(evidence) });
  },
});

export const featureChecks: readonly Check[] = [parse, afterBreak];
