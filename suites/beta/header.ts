/** The anthropic-beta header as clients really send it. https://platform.claude.com/docs/en/api/beta-headers */
import { acceptance, judgeAnswer } from '../acceptance.ts';
import { answerOf, judgeCleanAnswer, refusalCauses } from '../clean-answer.ts';
import { type Check, check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { errorTypeOf, refusal } from '../model/refusal.ts';
import { namedSteps } from '../named-steps.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';

const source = 'https://platform.claude.com/docs/en/api/beta-headers';

const absent = scenario({
  id: 'beta.header.absent',
  level: 'should',
  layer: 'http',
  requirement: 'A request without anthropic-beta is accepted.',
  covers: ['beta.header-empty-ok'],
  source,
  breaks: [sdkTypescript('every request outside of beta.messages fails'), sdkPython('every request outside of beta.messages fails')],
  after: refusalCauses,
  reads: { without: 'beta/base', named: 'beta/retired' },
  judge: ({ without, named }) => {
    if (isAccepted(without)) return judgeAnswer(without);
    if (!isAccepted(named)) return inconclusive('the request is refused with beta names too');
    return fail({ of: without, expected: 'a 2xx answer', found: answerOf(without) });
  },
});

const empty = acceptance({
  id: 'beta.header.empty',
  level: 'may',
  layer: 'http',
  requirement: 'An anthropic-beta header without a name in it is the same as none.',
  covers: ['beta.header-empty-ok'],
  source,
  why: 'Programs join a list of names, and the list may be empty.',
  breaks: [],
  fix: 'Split at commas, trim, and drop what is empty.',
  control: 'beta/base',
  variant: 'beta/empty',
});

const repeated = acceptance({
  id: 'beta.header.repeated',
  level: 'must',
  layer: 'http',
  requirement: 'The anthropic-beta header may come several times in one request.',
  covers: ['beta.header-list'],
  source,
  why: 'Proxies and HTTP libraries add a header of their own beside that of the client.',
  breaks: [],
  control: 'beta/base',
  variant: 'beta/repeated',
});

const retired = acceptance({
  id: 'beta.header.retired-names',
  level: 'must',
  layer: 'http',
  requirement: 'The beta names of features that are standard by now are accepted, all of them in one list.',
  covers: ['beta.retired-values-accepted', 'beta.header-list'],
  source,
  breaks: [
    claudeCode('every request fails, it sends interleaved-thinking-2025-05-14'),
    sdkPython('programs written before the change fail'),
  ],
  control: 'beta/base',
  variant: 'beta/retired',
});

const unknown = check({
  id: 'beta.header.unknown-answered',
  level: 'should',
  layer: 'http',
  requirement: 'A beta name that the server does not know is ignored, or refused with 400 invalid_request_error.',
  covers: ['beta.unknown-value'],
  source,
  breaks: [claudeCode('asks again for three minutes where the answer is a 500')],
  after: refusalCauses,
  reads: namedSteps('requests with an unknown beta name', 'beta/unknown'),
  probes: ['beta'],
  judge: (evidence) => {
    const judgement = judgeCleanAnswer(evidence);
    if (judgement.outcome !== 'pass' || isAccepted(evidence)) return judgement;
    const isRight = evidence.status === 400 && errorTypeOf(evidence) === 'invalid_request_error';
    return isRight ? pass : fail({ expected: 'a 2xx answer, or 400 invalid_request_error', found: answerOf(evidence) });
  },
});

const agent = {
  level: 'should',
  layer: 'http',
  source,
  breaks: [claudeCode('nothing works: it sends a dozen names with every request')],
  fix: 'Read the names that the server knows and leave the others.',
  needs: ['unknown-betas'],
  control: 'beta/base',
} as const;

const agentNames = acceptance({
  ...agent,
  id: 'beta.header.agent-names',
  requirement: 'A dozen beta names, as a coding agent sends them to /v1/messages?beta=true, are accepted.',
  covers: ['beta.header-list', 'beta.unknown-value', 'http.route.beta-query-tolerated'],
  variant: 'beta/agent',
});

const agentNamesStream = acceptance({
  ...agent,
  id: 'beta.header.agent-names-stream',
  requirement: 'A dozen beta names, as a coding agent sends them to /v1/messages?beta=true, are accepted with stream: true.',
  covers: ['beta.header-list', 'beta.unknown-value', 'stream.beta-query'],
  variant: 'beta/agent-stream',
});

const fieldWithoutName = refusal({
  id: 'beta.field.without-name',
  level: 'should',
  layer: 'http',
  requirement: 'A field of a beta without the name of that beta is answered 400 with an error of type invalid_request_error.',
  covers: ['req.beta-field-without-header'],
  source,
  why: 'A program that forgets the header works with a lenient server and fails with the official one.',
  breaks: [],
  after: refusalCauses,
  control: 'beta/base',
  mutant: 'beta/field-without-name',
  inStream: { control: 'beta/base-stream', mutant: 'beta/field-without-name-stream' },
});

export const headerChecks: readonly Check[] = [absent, empty, repeated, retired, unknown, agentNames, agentNamesStream, fieldWithoutName];
