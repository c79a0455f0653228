/** Requests as real clients send them: other spellings and additions that must not matter. */
import { acceptance, type AcceptanceCheck } from '../acceptance.ts';
import { judgeCleanAnswer, refusalCauses } from '../clean-answer.ts';
import { type Check, check, type CheckMeta, type GeneralCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, type Judgement } from '../model/judgement.ts';
import { namedSteps } from '../named-steps.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';

const betaHeaders = 'https://platform.claude.com/docs/en/api/beta-headers';

const sdkRequests = 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/client.ts';

const acceptedRows: readonly (Omit<AcceptanceCheck, 'layer' | 'control'> & { readonly control?: string })[] = [
  {
    id: 'http.request.content-type-charset',
    level: 'must',
    requirement: 'The content type application/json is accepted with a charset parameter.',
    covers: ['http.request.content-type'],
    source: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3',
    why: 'HTTP libraries of several languages add the parameter by themselves.',
    breaks: [],
    fix: 'Compare the media type, not the whole header.',
    variant: 'headers/charset',
  },
  {
    id: 'http.request.extra-headers',
    level: 'must',
    requirement: 'Headers that the server does not know are ignored: x-stainless-*, tracing, browser access and session headers.',
    covers: ['http.request.extra-headers-tolerated'],
    source: sdkRequests,
    breaks: [sdkTypescript('every request fails'), sdkPython('every request fails'), claudeCode('every request fails')],
    variant: 'headers/extra',
  },
  {
    id: 'http.request.header-case',
    level: 'must',
    requirement: 'Header names are matched whatever their case.',
    covers: ['http.request.header-case'],
    source: 'https://www.rfc-editor.org/rfc/rfc9110#section-5.1',
    why: 'Some HTTP libraries capitalise names, HTTP/2 proxies write them in lower case.',
    breaks: [],
    variant: 'headers/case',
  },
  {
    id: 'http.request.beta-list',
    level: 'must',
    requirement:
      'An anthropic-beta header with several names, separated by commas and spaces, is accepted; names of features that are standard by now change nothing.',
    covers: ['beta.header-list', 'beta.retired-values-accepted', 'sdk.betas.header'],
    source: betaHeaders,
    breaks: [claudeCode('every request fails, it sends half a dozen names'), sdkTypescript('requests with betas fail')],
    variant: 'headers/beta-list',
  },
  {
    id: 'http.request.unknown-beta',
    // The official service refuses unknown names, but it is also the one that knows them all.
    level: 'may',
    requirement: 'A beta name that the server does not know is ignored.',
    covers: ['beta.unknown-value'],
    source: betaHeaders,
    breaks: [claudeCode('fails with a server that is older than the client: new versions send new names')],
    variant: 'headers/beta-unknown',
  },
  {
    id: 'http.request.unicode',
    level: 'must',
    requirement: 'Text beyond ASCII is accepted in a request, also as escaped surrogate pairs.',
    covers: ['http.request.unicode'],
    source: 'https://www.rfc-editor.org/rfc/rfc8259#section-7',
    breaks: [claudeCode('a file with an emoji ends the session'), sdkPython('non-English prompts fail')],
    control: 'unicode/base',
    variant: 'unicode/text',
  },
  {
    id: 'http.request.user-profile',
    level: 'may',
    requirement: 'An anthropic-user-profile-id header is tolerated.',
    covers: ['hdr.user-profile'],
    source: sdkRequests,
    breaks: [sdkTypescript('requests with user_profile_id fail')],
    variant: 'headers/user-profile',
  },
  {
    id: 'http.request.workspace',
    level: 'may',
    requirement: 'An anthropic-workspace-id header is tolerated.',
    covers: ['hdr.workspace'],
    source: sdkRequests,
    breaks: [sdkTypescript('requests with workspace_id fail')],
    variant: 'headers/workspace',
  },
];

const acceptedChecks = acceptedRows.map((row) => acceptance({ control: 'headers/base', ...row, layer: 'http' }));

/** A body that is not plain JSON. `called`: what the requests of the step are. */
type RefusableRow = Omit<CheckMeta, 'since' | 'layer' | 'after'> &
  Pick<GeneralCheck, 'judge'> & { readonly called: string; readonly step: string };

const refusableRows: readonly RefusableRow[] = [
  {
    id: 'http.request.other-media-type',
    level: 'may',
    requirement: 'A body that calls itself text/plain is refused with a 4xx and the error envelope.',
    covers: ['http.request.other-content-type'],
    source: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16',
    why: 'A page of another origin may send text/plain without asking first, so a local server that reads it takes requests from any page.',
    breaks: [],
    called: 'requests as text/plain',
    step: 'text-plain',
    judge: judgeRefused,
  },
  {
    id: 'http.request.compressed',
    level: 'may',
    requirement: 'A body in the content coding gzip is decoded, or refused with a 4xx and the error envelope.',
    covers: ['http.request.compressed-body'],
    source: sdkRequests,
    breaks: [sdkTypescript('programs that compress long prompts cannot tell that the server does not decode them')],
    called: 'compressed requests',
    step: 'gzip',
    judge: judgeCleanAnswer,
  },
  {
    id: 'http.request.corrupt-coding',
    level: 'may',
    requirement: 'A body that names the content coding gzip and is not gzip is refused with a 4xx and the error envelope.',
    covers: ['http.request.compressed-body'],
    source: sdkRequests,
    why: 'A server that overlooks the header also reads compressed bytes as text.',
    breaks: [],
    called: 'requests that are not as they are labelled',
    step: 'gzip-corrupt',
    judge: judgeRefused,
  },
];

const refusableChecks = refusableRows.map(({ called, step, ...row }) =>
  check({ ...row, layer: 'http', after: refusalCauses, reads: namedSteps(called, `headers/${step}`), probes: ['headers'] }),
);

function judgeRefused(evidence: Evidence): Judgement {
  if (isAccepted(evidence)) return fail({ expected: 'a 4xx', found: `${evidence.status}, it was accepted` });
  return judgeCleanAnswer(evidence);
}

export const requestChecks: readonly Check[] = [...acceptedChecks, ...refusableChecks];
