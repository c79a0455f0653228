/** Which keys are taken, and how a missing or wrong one is refused. All of it only where the run has a key. */
import { notAccepted, statusAndType } from '../acceptance.ts';
import { refusalCauses } from '../clean-answer.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
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

/** What is told where the key is not good: the step that shows it, and why. */
const withoutBase = { base: 'the run itself is not accepted with its key', bearer: 'the key is not accepted as Bearer at all' } as const;

/** A way to send the key, and the step that shows that this key is good. */
type KeyRow = Omit<CheckMeta, 'since' | 'layer' | 'source'> & {
  readonly source?: string;
  readonly step: string;
  readonly base: keyof typeof withoutBase;
};

const keyRows: readonly KeyRow[] = [
  {
    id: 'auth.key.x-api-key',
    level: 'must',
    requirement: 'A valid key in the x-api-key header authenticates.',
    covers: ['auth.x-api-key'],
    breaks: [claudeCode('with ANTHROPIC_API_KEY every request is refused'), sdkPython('1.x sends the key only there')],
    bugs: ['vllm#51572', 'sglang#35720'],
    fix: 'Look for the key in both headers.',
    step: 'x-api-key',
    base: 'base',
  },
  {
    id: 'auth.key.bearer',
    level: 'must',
    requirement: 'The same key as Authorization: Bearer authenticates.',
    covers: ['auth.bearer', 'sdk.auth.bearer'],
    breaks: [
      sdkTypescript('1.x sends the key only there: every request is refused'),
      claudeCode('with ANTHROPIC_AUTH_TOKEN every request is refused'),
    ],
    fix: 'Look for the key in both headers.',
    step: 'bearer',
    base: 'base',
  },
  {
    id: 'auth.key.bearer-scheme-case',
    level: 'should',
    requirement: 'The scheme of the Authorization header is matched whatever its case: bearer is Bearer.',
    covers: ['auth.bearer-scheme-case'],
    source: 'https://www.rfc-editor.org/rfc/rfc9110#section-11.1',
    why: 'Programs that write the header by hand, and some gateways, use lower case.',
    breaks: [],
    step: 'bearer-lowercase',
    base: 'bearer',
  },
  {
    id: 'auth.key.both-headers',
    // The official service is said to refuse it; gateways and Claude Code send it all the same.
    level: 'may',
    requirement: 'A request with the key in both headers is accepted.',
    covers: ['auth.both-headers'],
    breaks: [claudeCode('with both ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN set every request is refused')],
    fix: 'Look at the second header where the first does not hold a valid key.',
    step: 'both',
    base: 'base',
  },
  {
    id: 'auth.key.either-header',
    level: 'may',
    requirement: 'A valid key as Authorization: Bearer authenticates beside an x-api-key header that holds another one.',
    covers: ['auth.both-headers'],
    breaks: [claudeCode('with a gateway token beside an old API key every request is refused')],
    fix: 'Accept the request where either header holds a valid key.',
    step: 'bearer-beside-wrong',
    base: 'bearer',
  },
];

const keyChecks = keyRows.map(({ step, base, ...meta }) =>
  scenario({
    source: authentication,
    ...meta,
    layer: 'http',
    reads: { ...knocks, keyed: `auth/${step}`, base: `auth/${base}` },
    judge: (steps) => {
      if (isAccepted(steps.keyed)) return isOff(steps) ? off : pass;
      return isAccepted(steps.base) ? notAccepted(steps.keyed) : inconclusive(withoutBase[base]);
    },
  }),
);

const refusalChecks = (
  [
    ['missing', 'a request without one', 'auth.missing-401'],
    ['wrong', 'a wrong one', 'auth.invalid-401'],
  ] as const
).map(([knock, called, covered]) =>
  scenario({
    id: `auth.refusal.${knock}-key`,
    level: 'should',
    layer: 'http',
    requirement: `Where keys are checked, ${called} is answered 401 with an error of type authentication_error.`,
    covers: [covered, 'err.status.401'],
    source: docs.errors,
    breaks: [sdkTypescript('throws something else than AuthenticationError'), sdkPython('raises something else than AuthenticationError')],
    after: refusalCauses,
    reads: knocks,
    judge: (steps) => (isOff(steps) ? off : judge401(steps[knock])),
  }),
);

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
    return open === undefined ? pass : fail({ of: open, expected: 'status 401', found: statusAndType(open) });
  },
});

function judge401(evidence: Evidence): Judgement {
  return evidence.status === 401 && errorTypeOf(evidence) === 'authentication_error'
    ? pass
    : fail({ of: evidence, expected: '401 authentication_error', found: statusAndType(evidence) });
}

export const checks: readonly Check[] = [...keyChecks, ...refusalChecks, beforeValidation, allRoutes];
