/** Which status an error has, which type goes with it, and in which form it comes. */
import { errorTypeForStatus, errorTypes, isKnownErrorType, statusFitsErrorType } from '../../spec/index.ts';
import { type Check, check } from '../model/check.ts';
import type { EndpointName } from '../model/evidence.ts';
import { fail, inconclusive, notApplicable, pass, shown } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { at } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { acceptedBodies, answersToInvalid, answersToPlain, envelopes, refusedStreams } from './kinds.ts';

const sdkErrors = 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/core/error.ts';
const probes = ['bad-input', 'bad-json', 'routes'] as const;

const typeMatchesStatus = check({
  id: 'errors.type.matches-status',
  level: 'must',
  layer: 'schema',
  requirement:
    'error.type is the one that belongs to the HTTP status: invalid_request_error with 400, not_found_error with 404, and so on.',
  covers: [
    'err.status.type-consistency',
    'err.status.404',
    'err.status.400',
    'err.status.500',
    'err.status.529',
    'err.status.429',
    'err.status.402',
    'err.status.403',
    'err.status.409',
    'err.status.413',
    'err.status.504',
    'sdk.error.class-by-status',
  ],
  source: docs.errors,
  breaks: [sdkTypescript('class and error.type say different things'), sdkPython('class and error.type say different things')],
  bugs: ['vllm#43380', 'vllm#57997'],
  after: ['errors.envelope.not-foreign', 'errors.envelope.error-object'],
  reads: envelopes,
  probes,
  judge: (evidence) => {
    const { status = 0 } = evidence;
    const type = errorTypeOf(evidence) ?? '';
    if (statusFitsErrorType(status, type)) return pass;
    if (!hasOwnType(status)) return notApplicable(`the documentation has no error type for ${status}`);
    return fail({ pointer: '/error/type', expected: `${errorTypeForStatus(status)} with ${status}`, found: type });
  },
});

/** A status with a row in the table, or one of the 4xx that share invalid_request_error. For 405 nothing is documented, and 503 is an overload to some. */
function hasOwnType(status: number): boolean {
  return errorTypes.some((row) => row.status === status) || (status > 400 && status < 500 && status !== 405);
}

const typeKnown = check({
  id: 'errors.type.known',
  level: 'should',
  layer: 'schema',
  requirement: 'error.type is one of the documented ones.',
  covers: ['err.envelope.known-type'],
  source: sdkErrors,
  breaks: [sdkTypescript('programs that switch on error.type fall through')],
  bugs: ['vllm#43380', 'litellm#39037'],
  after: ['errors.type.matches-status', 'errors.envelope.not-foreign', 'errors.envelope.error-object'],
  reads: envelopes,
  probes,
  judge: (evidence) => {
    const type = errorTypeOf(evidence) ?? '';
    return isKnownErrorType(type)
      ? pass
      : fail({ pointer: '/error/type', expected: `one of ${errorTypes.map((row) => row.type).join(', ')}`, found: type });
  },
});

/** Whether an answer is that of a server without count_tokens, which is optional: it says nothing about the body. */
function isMissing(endpoint: EndpointName, status: number): boolean {
  return endpoint === 'count-tokens' && (status === 404 || status === 405 || status === 501);
}

const overload: ReadonlySet<number> = new Set([503, 504, 529]);

const noServerError = check({
  id: 'errors.status.no-5xx-on-bad-input',
  level: 'must',
  layer: 'http',
  requirement: 'An invalid request is never answered with a 5xx status.',
  covers: ['err.no-5xx-on-bad-input', 'sdk.retry.statuses'],
  source: docs.errors,
  breaks: [
    claudeCode('repeats the request ten times, for three minutes'),
    sdkTypescript('repeats the request twice'),
    sdkPython('repeats the request twice'),
  ],
  bugs: ['vllm#52088', 'vllm#51997', 'vllm#43380', 'sglang#25876'],
  fix: 'Validate before anything is rendered or tokenized, and map template errors to 400.',
  reads: answersToInvalid,
  probes: ['bad-input', 'bad-tools', 'bad-json'],
  judge: ({ status = 0, endpoint }) => {
    if (isMissing(endpoint, status)) return notApplicable(`answered ${status}: the route may be missing`);
    if (overload.has(status)) return inconclusive(`the server was overloaded (${status})`);
    return status >= 500 ? fail({ expected: 'a 4xx status', found: `status ${status}` }) : pass;
  },
});

const noFailure = check({
  id: 'errors.status.no-5xx-on-valid',
  level: 'must',
  layer: 'http',
  requirement: 'A valid request for text is never answered with a 5xx status, unless the server is overloaded.',
  covers: ['err.status.500', 'sdk.retry.statuses'],
  source: docs.errors,
  breaks: [
    claudeCode('repeats the request ten times, for three minutes'),
    sdkTypescript('throws InternalServerError after two more tries'),
  ],
  reads: answersToPlain,
  probes: ['text', 'routes'],
  judge: ({ status = 0 }) => {
    if (overload.has(status)) return inconclusive(`the server was overloaded (${status})`);
    return status >= 500 ? fail({ expected: 'an answer', found: `status ${status}` }) : pass;
  },
});

/** Statuses that say something else than that the body was invalid, and may come before anyone looks at it. */
const beforeValidation: ReadonlySet<number> = new Set([401, 402, 403, 408, 413, 415, 429]);

const invalidIs400 = check({
  id: 'errors.status.invalid-is-400',
  level: 'must',
  layer: 'http',
  requirement: 'A request that is refused because it is invalid gets status 400, not 422 or another 4xx.',
  covers: ['err.status.400', 'sdk.error.class-by-status'],
  source: docs.errors,
  breaks: [
    sdkTypescript('throws UnprocessableEntityError instead of BadRequestError'),
    sdkPython('raises UnprocessableEntityError instead of BadRequestError'),
  ],
  fix: 'Replace the handler of validation errors; web frameworks answer 422 by themselves.',
  reads: answersToInvalid,
  probes: ['bad-input', 'bad-tools', 'bad-json'],
  judge: ({ status = 0, endpoint }) => {
    if (isMissing(endpoint, status)) return notApplicable(`answered ${status}: the route may be missing`);
    if (status < 400 || status >= 500 || beforeValidation.has(status))
      return notApplicable(`answered ${status}, which is no verdict on the body`);
    return status === 400 ? pass : fail({ expected: 'status 400', found: `status ${status}` });
  },
});

const neverOk = check({
  id: 'errors.status.not-200',
  level: 'must',
  layer: 'http',
  requirement: 'A body that is an error never has a 2xx status.',
  covers: ['err.never-200'],
  source: docs.errors,
  breaks: [sdkTypescript('returns the error as if it were a Message'), claudeCode('asks twice, then reports an empty answer')],
  bugs: ['lmstudio-bug-tracker#2055'],
  after: ['http.json.parses'],
  reads: acceptedBodies,
  probes: ['bad-input', 'bad-json', 'routes'],
  judge: ({ json, status }) =>
    at(json, 'type') === 'error' || (at(json, 'error') ?? undefined) !== undefined
      ? fail({ expected: 'a 4xx or 5xx status', found: `${status} with ${shown(json)}` })
      : pass,
});

const refusedAsJson = check({
  id: 'errors.stream.refused-as-json',
  level: 'must',
  layer: 'http',
  requirement: 'A streaming request that is refused before the first token gets an error status and a JSON body, not an event stream.',
  covers: ['err.stream-preflight-json'],
  source: docs.errors,
  breaks: [
    sdkTypescript('no error class by status: the error surfaces later, without one'),
    claudeCode('takes a permanent error for a broken stream and asks again'),
  ],
  bugs: ['lemonade#1820'],
  fix: 'Validate, and wait for the first token, before the status line is sent.',
  reads: refusedStreams,
  probes: ['bad-input'],
  judge: ({ status = 0, mediaType, request }) => {
    if (status < 300) {
      // A valid request may well fail after the 200; then an error event is all that is left.
      return request.validity === 'invalid'
        ? fail({ expected: 'a 4xx status with a JSON body', found: `${status} and an error event` })
        : notApplicable('the request was valid');
    }
    return mediaType === 'text/event-stream' ? fail({ expected: 'application/json', found: mediaType }) : pass;
  },
});

export const statusChecks: readonly Check[] = [
  typeMatchesStatus,
  typeKnown,
  noServerError,
  noFailure,
  invalidIs400,
  neverOk,
  refusedAsJson,
];
