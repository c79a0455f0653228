/** Which paths and methods exist, and that a query string does not change them. */
import { acceptance, statusAndType } from '../acceptance.ts';
import { isJsonObject } from '../../spec/json.ts';
import { type Check, check, scenario } from '../model/check.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { isAccepted } from '../reading.ts';
import { namedSteps } from '../named-steps.ts';
import { firstMessages } from './kinds.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';

const messagesExists = scenario({
  id: 'http.route.messages',
  level: 'must',
  layer: 'http',
  requirement: 'POST /v1/messages takes the smallest request, with and without stream, and answers 200.',
  covers: ['http.route.messages', 'req.minimal', 'stop.max-tokens-one'],
  source: docs.messages,
  breaks: [claudeCode('nothing works'), sdkTypescript('NotFoundError or BadRequestError'), sdkPython('NotFoundError or BadRequestError')],
  reads: { json: 'routes/base', stream: 'routes/base-stream' },
  judge: (steps) => {
    const other = Object.values(steps).find(({ status }) => status !== 200);
    return other === undefined ? pass : fail({ of: other, expected: 'status 200', found: `status ${statusAndType(other)}` });
  },
});

const routeExists = check({
  id: 'http.route.messages-exists',
  level: 'must',
  layer: 'http',
  requirement: 'POST /v1/messages is a route of the API: its answer is neither a page nor the 404 or 405 of a web framework.',
  covers: ['http.route.messages', 'err.no-html'],
  source: docs.messages,
  breaks: [claudeCode('nothing works'), sdkTypescript('NotFoundError')],
  bugs: ['sglang#23814', 'vllm#47753'],
  fix: 'Base URLs end before /v1; clients add /v1/messages themselves.',
  reads: firstMessages,
  probes: ['routes'],
  judge: (evidence) => {
    const { status, mediaType, request } = evidence;
    if (status === undefined) return notApplicable('no answer');
    const found = `status ${status}, ${mediaType === '' ? 'no content-type' : mediaType}`;
    const isMissing = mediaType === 'text/html' || status === 405 || (status === 404 && errorTypeOf(evidence) !== 'not_found_error');
    if (isMissing) return fail({ expected: 'an answer of the API', found });
    if (status !== 404) return pass;
    // The same answer is right for an unknown model, so only a request that names none can tell.
    return isJsonObject(request.json) && 'model' in request.json
      ? inconclusive('the model may be unknown')
      : fail({ expected: 'a refusal of the empty request', found });
  },
});

const query = {
  level: 'must',
  layer: 'http',
  source: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/CHANGELOG.md',
  breaks: [claudeCode('every request fails, it always sends ?beta=true'), sdkTypescript('beta.messages fails in versions before 1.3')],
  fix: 'Match routes on the path alone.',
} as const;

const betaQuery = acceptance({
  ...query,
  id: 'http.route.beta-query',
  requirement: 'POST /v1/messages?beta=true is the same route as without the query.',
  covers: ['http.route.beta-query-tolerated', 'sdk.betas.no-query'],
  control: 'routes/base',
  variant: 'routes/beta-query',
});

const betaQueryStream = acceptance({
  ...query,
  id: 'http.route.beta-query-stream',
  requirement: 'POST /v1/messages?beta=true streams as without the query.',
  covers: ['http.route.beta-query-tolerated', 'stream.beta-query'],
  control: 'routes/base-stream',
  variant: 'routes/beta-query-stream',
});

const unknownPath = scenario({
  id: 'http.route.unknown-path',
  level: 'should',
  layer: 'http',
  requirement: 'A path that does not exist is answered 404 with an error of type not_found_error.',
  covers: ['http.route.unknown-404'],
  source: docs.errors,
  why: 'A client that finds a 200 or another shape there takes a missing feature for a present one.',
  breaks: [],
  bugs: ['lmstudio-bug-tracker#2055'],
  after: ['errors.body.is-json', 'errors.envelope.not-foreign', 'errors.envelope.error-object', 'errors.type.matches-status'],
  reads: { refused: 'routes/unknown-path' },
  judge: ({ refused }) =>
    refused.status === 404 && errorTypeOf(refused) === 'not_found_error'
      ? pass
      : fail({ expected: '404 not_found_error', found: `${refused.status} ${errorTypeOf(refused) ?? 'without an error type'}` }),
});

const wrongMethod = scenario({
  id: 'http.route.wrong-method',
  level: 'should',
  layer: 'http',
  requirement: 'A method that a path does not have is answered 405 or 404 with the error envelope.',
  covers: ['http.method.wrong'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6',
  why: 'A page, or a 500, tells whoever tries the path in a browser that something is broken.',
  breaks: [],
  after: ['errors.body.is-json'],
  reads: { refused: 'routes/wrong-method' },
  judge: ({ refused }) => {
    if (isAccepted(refused)) return fail({ expected: '405 or 404', found: `${refused.status} with ${shown(refused.text)}` });
    return refused.status === 405 || refused.status === 404 ? pass : fail({ expected: '405 or 404', found: String(refused.status) });
  },
});

const betaQueryModels = acceptance({
  ...query,
  id: 'http.route.beta-query-models',
  requirement: 'GET /v1/models?beta=true is the same route as without the query.',
  covers: ['http.route.beta-query-tolerated'],
  breaks: [sdkTypescript('beta.models.list() fails in versions before 1.3')],
  needs: ['models'],
  control: 'routes/models',
  variant: 'routes/models-beta-query',
});

const betaQueryModel = acceptance({
  ...query,
  id: 'http.route.beta-query-model',
  requirement: 'GET /v1/models/{id}?beta=true is the same route as without the query.',
  covers: ['http.route.beta-query-tolerated'],
  breaks: [sdkTypescript('beta.models.retrieve() fails in versions before 1.3')],
  needs: ['models'],
  control: 'routes/model',
  variant: 'routes/model-beta-query',
});

/** The request headers that a page has to be allowed, by lower-case name. */
const browserHeaders = ['anthropic-version', 'content-type', 'x-api-key'] as const;

const corsPreflight = check({
  id: 'http.cors.preflight',
  level: 'may',
  layer: 'http',
  requirement: 'A server that answers the question of a browser allows POST with the headers of the API; another refuses the question.',
  covers: ['http.cors.preflight'],
  source: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
  breaks: [sdkTypescript('with dangerouslyAllowBrowser every request of a page fails before it is sent')],
  fix: 'Answer OPTIONS with access-control-allow-origin, -methods and -headers, or not with a 2xx.',
  reads: namedSteps('questions of a browser', 'routes/cors-preflight'),
  probes: ['routes'],
  judge: (evidence) => {
    const { status, ended } = evidence;
    if (ended === 'timed-out-by-us') return fail({ expected: 'an answer', found: evidence.exchange.problem ?? 'silence' });
    if (status === undefined || ended !== 'complete') return inconclusive(`no complete answer: ${ended}`);
    if (status >= 500 && status !== 501) return fail({ expected: 'a 2xx or a 4xx answer', found: String(status) });
    const origin = evidence.header('access-control-allow-origin');
    if (!isAccepted(evidence) || origin === undefined) return notApplicable('pages of other origins are not allowed');
    const allowed = (evidence.header('access-control-allow-headers') ?? '').toLowerCase();
    const names = new Set(allowed.split(',').map((name) => name.trim()));
    const lacking = names.has('*') ? [] : browserHeaders.filter((name) => !names.has(name));
    return lacking.length === 0
      ? pass
      : fail({ expected: `access-control-allow-headers with ${lacking.join(', ')}`, found: shown(allowed) });
  },
});

export const routeChecks: readonly Check[] = [
  routeExists,
  messagesExists,
  betaQuery,
  betaQueryStream,
  betaQueryModels,
  betaQueryModel,
  unknownPath,
  wrongMethod,
  corsPreflight,
];
