/** Which keys are taken, and how a missing or wrong one is refused. All of it only where the run has a key. */
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

const authentication = 'https://platform.claude.com/docs/en/api/overview';
const off = notApplicable('the server answers without a key: authentication is off');

/** Steps that tell whether authentication is on at all. */
interface Knocks {
  readonly missing: Evidence;
  readonly wrong: Evidence;
}

function isOff({ missing, wrong }: Knocks): boolean {
  return isAccepted(missing) && isAccepted(wrong);
}

const knocks = { missing: 'auth/missing', wrong: 'auth/wrong' } as const;

const xApiKey = scenario({
  id: 'auth.key.x-api-key',
  level: 'must',
  layer: 'http',
  requirement: 'A valid key in the x-api-key header authenticates.',
  covers: ['auth.x-api-key'],
  source: authentication,
  breaks: [claudeCode('with ANTHROPIC_API_KEY every request is refused'), sdkPython('1.x sends the key only there')],
  bugs: ['vllm#51572', 'sglang#35720'],
  fix: 'Look for the key in both headers.',
  reads: { ...knocks, keyed: 'auth/x-api-key', base: 'auth/base' },
  judge: (steps) => judgeKey(steps, steps.keyed, steps.base),
});

const bearer = scenario({
  id: 'auth.key.bearer',
  level: 'must',
  layer: 'http',
  requirement: 'The same key as Authorization: Bearer authenticates.',
  covers: ['auth.bearer', 'sdk.auth.bearer'],
  source: authentication,
  breaks: [
    sdkTypescript('1.x sends the key only there: every request is refused'),
    claudeCode('with ANTHROPIC_AUTH_TOKEN every request is refused'),
  ],
  fix: 'Look for the key in both headers.',
  reads: { ...knocks, keyed: 'auth/bearer', base: 'auth/base' },
  judge: (steps) => judgeKey(steps, steps.keyed, steps.base),
});

const schemeCase = scenario({
  id: 'auth.key.bearer-scheme-case',
  level: 'should',
  layer: 'http',
  requirement: 'The scheme of the Authorization header is matched whatever its case: bearer is Bearer.',
  covers: ['auth.bearer-scheme-case'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-11.1',
  why: 'Programs that write the header by hand, and some gateways, use lower case.',
  breaks: [],
  reads: { ...knocks, keyed: 'auth/bearer-lowercase', base: 'auth/bearer' },
  judge: (steps) => judgeKey(steps, steps.keyed, steps.base, 'the key is not accepted as Bearer at all'),
});

const bothHeaders = scenario({
  id: 'auth.key.both-headers',
  // The official service is said to refuse it; gateways and Claude Code send it all the same.
  level: 'may',
  layer: 'http',
  requirement: 'A request with the key in both headers is accepted.',
  covers: ['auth.both-headers'],
  source: authentication,
  breaks: [claudeCode('with both ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN set every request is refused')],
  fix: 'Look at the second header where the first does not hold a valid key.',
  reads: { ...knocks, keyed: 'auth/both', base: 'auth/base' },
  judge: (steps) => judgeKey(steps, steps.keyed, steps.base),
});

const besideWrong = scenario({
  id: 'auth.key.either-header',
  level: 'may',
  layer: 'http',
  requirement: 'A valid key as Authorization: Bearer authenticates beside an x-api-key header that holds another one.',
  covers: ['auth.both-headers'],
  source: authentication,
  breaks: [claudeCode('with a gateway token beside an old API key every request is refused')],
  fix: 'Accept the request where either header holds a valid key.',
  reads: { ...knocks, keyed: 'auth/bearer-beside-wrong', base: 'auth/bearer' },
  judge: (steps) => judgeKey(steps, steps.keyed, steps.base, 'the key is not accepted as Bearer at all'),
});

function judgeKey(knocked: Knocks, keyed: Evidence, base: Evidence, without = 'the run itself is not accepted with its key'): Judgement {
  if (!isAccepted(keyed)) {
    return isAccepted(base) ? fail({ of: keyed, expected: 'a 2xx answer', found: answerOf(keyed) }) : inconclusive(without);
  }
  return isOff(knocked) ? off : pass;
}

const missing = scenario({
  id: 'auth.refusal.missing-key',
  level: 'should',
  layer: 'http',
  requirement: 'Where keys are checked, a request without one is answered 401 with an error of type authentication_error.',
  covers: ['auth.missing-401', 'err.status.401'],
  source: docs.errors,
  breaks: [sdkTypescript('throws something else than AuthenticationError'), sdkPython('raises something else than AuthenticationError')],
  after: ['http.json.parses', 'errors.envelope.not-foreign', 'errors.envelope.error-object', 'errors.type.matches-status'],
  reads: knocks,
  judge: (steps) => (isOff(steps) ? off : judge401(steps.missing)),
});

const wrong = scenario({
  id: 'auth.refusal.wrong-key',
  level: 'should',
  layer: 'http',
  requirement: 'Where keys are checked, a wrong one is answered 401 with an error of type authentication_error.',
  covers: ['auth.invalid-401', 'err.status.401'],
  source: docs.errors,
  breaks: [sdkTypescript('throws something else than AuthenticationError'), sdkPython('raises something else than AuthenticationError')],
  after: ['http.json.parses', 'errors.envelope.not-foreign', 'errors.envelope.error-object', 'errors.type.matches-status'],
  reads: knocks,
  judge: (steps) => (isOff(steps) ? off : judge401(steps.wrong)),
});

const beforeValidation = scenario({
  id: 'auth.refusal.before-validation',
  level: 'should',
  layer: 'http',
  requirement: 'A request without a key is answered 401 even where its body is invalid.',
  covers: ['auth.before-validation'],
  source: docs.errors,
  why: 'Otherwise anyone can learn from the errors which models and fields the server knows.',
  breaks: [],
  fix: 'Check the key before the body is read.',
  reads: { ...knocks, invalid: 'auth/invalid', unkeyed: 'auth/missing-invalid' },
  judge: (steps) => {
    if (isAccepted(steps.missing)) return off;
    if (steps.invalid.status !== 400) return inconclusive(`with a key the invalid body is answered ${steps.invalid.status}, not 400`);
    return judge401(steps.unkeyed);
  },
});

const allRoutes = scenario({
  id: 'auth.refusal.all-routes',
  level: 'should',
  layer: 'http',
  requirement: 'Where keys are checked, they are checked on the models and count_tokens routes too.',
  covers: ['auth.all-routes'],
  source: docs.errors,
  why: 'A route without the check tells strangers what is served, and lets them load the server.',
  breaks: [],
  reads: { ...knocks, models: 'auth/missing-models', count: 'auth/missing-count' },
  judge: (steps) => {
    if (isAccepted(steps.missing)) return off;
    const open = [steps.models, steps.count].find(isAccepted);
    return open === undefined ? pass : fail({ of: open, expected: 'status 401', found: answerOf(open) });
  },
});

function judge401(evidence: Evidence): Judgement {
  return evidence.status === 401 && errorTypeOf(evidence) === 'authentication_error'
    ? pass
    : fail({ of: evidence, expected: '401 authentication_error', found: answerOf(evidence) });
}

function answerOf(evidence: Evidence): string {
  return `${evidence.status ?? evidence.ended} ${errorTypeOf(evidence) ?? ''}`.trim();
}

export const checks: readonly Check[] = [
  xApiKey,
  bearer,
  schemeCase,
  bothHeaders,
  besideWrong,
  missing,
  wrong,
  beforeValidation,
  allRoutes,
];
