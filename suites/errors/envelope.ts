/** The body of an error. Its wording may change and is never matched. */
import { isJsonObject } from '../../spec/json.ts';
import { type Check, check } from '../model/check.ts';
import { fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { at } from '../reading.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';
import { envelopes, strayRefusals } from './kinds.ts';

const probes = ['bad-input', 'bad-json', 'routes'] as const;

const bodyIsJson = check({
  id: 'errors.body.is-json',
  level: 'must',
  layer: 'http',
  requirement: 'The errors of the web framework are JSON too: no HTML or plain text for unknown paths and methods.',
  covers: ['err.no-html'],
  source: docs.errors,
  breaks: [
    sdkTypescript('error.type is null and the message is a page of HTML'),
    sdkPython('error.type is missing and the message is a page of HTML'),
  ],
  fix: 'Register handlers for 404 and 405 that write the error envelope.',
  reads: strayRefusals,
  probes: ['routes'],
  judge: ({ json, status, mediaType }) =>
    json === undefined
      ? fail({ expected: 'a JSON body', found: `${status} with ${mediaType === '' ? 'no content-type' : mediaType}` })
      : pass,
});

const noForeignShape = check({
  id: 'errors.envelope.not-foreign',
  level: 'must',
  layer: 'schema',
  requirement: 'An error does not have the shape of another API: OpenAI, FastAPI, or a bare message.',
  covers: ['err.envelope.no-openai-shape'],
  source: docs.errors,
  breaks: [sdkTypescript('error.type is null or of another API'), sdkPython('error.type is None or of another API')],
  bugs: ['vllm#57997', 'vllm#58023'],
  fix: 'Translate at one place, an exception handler for all errors: validation, framework and upstream.',
  reads: envelopes,
  probes,
  judge: ({ json }) => {
    const shape = foreignShape(json);
    return shape === undefined
      ? pass
      : fail({ expected: '{"type":"error","error":{"type":...,"message":...}}', found: `${shape}: ${shown(json)}` });
  },
});

/** Whose error that is; undefined for our own, also for a broken one. */
function foreignShape(body: unknown): string | undefined {
  if (!isJsonObject(body)) return 'no object';
  if (body['type'] === 'error') return undefined;
  if ('detail' in body && !('error' in body)) return 'FastAPI';
  if (body['object'] === 'error') return 'OpenAI, flat';
  const { error } = body;
  if (isJsonObject(error) && ('code' in error || 'param' in error)) return 'OpenAI';
  if (typeof error === 'string' || (!('error' in body) && 'message' in body)) return 'a bare message';
  return undefined;
}

const outerType = check({
  id: 'errors.envelope.outer-type',
  level: 'must',
  layer: 'schema',
  requirement: 'An error body has type: "error" at its top.',
  covers: ['err.envelope.type'],
  source: docs.errors,
  breaks: [],
  why: 'Proxies and programs tell an error from a Message by it.',
  after: ['errors.envelope.not-foreign'],
  reads: envelopes,
  probes,
  judge: ({ json }) =>
    at(json, 'type') === 'error' ? pass : fail({ pointer: '/type', expected: '"error"', found: shown(at(json, 'type')) }),
});

const errorObject = check({
  id: 'errors.envelope.error-object',
  level: 'must',
  layer: 'schema',
  requirement: 'An error body has an error object with a type and a message that is not empty.',
  covers: ['err.envelope.error-object', 'sdk.error.type-field'],
  source: docs.errors,
  breaks: [sdkTypescript('error.type is null, the message is the raw body'), sdkPython('error.type is None')],
  after: ['errors.envelope.not-foreign'],
  reads: envelopes,
  probes,
  judge: ({ json }) =>
    verdictOf(
      ['type', 'message'].flatMap((field) => {
        const value = at(json, 'error', field);
        return typeof value === 'string' && value !== ''
          ? []
          : [{ pointer: `/error/${field}`, expected: 'a string that is not empty', found: shown(value) }];
      }),
    ),
});

const requestId = check({
  id: 'errors.envelope.request-id',
  level: 'should',
  layer: 'schema',
  requirement: 'request_id in an error body equals the request-id header, where there is one.',
  covers: ['err.envelope.request-id', 'err.envelope.request-id-matches-header'],
  source: docs.errors,
  why: 'A user quotes the body, an operator searches for the header.',
  breaks: [],
  after: ['errors.envelope.not-foreign'],
  reads: envelopes,
  probes,
  judge: (evidence) => {
    const header = evidence.header('request-id');
    // That it is missing is for `http.response.request-id`.
    if (header === undefined) return notApplicable('there is no request-id header');
    const body = at(evidence.json, 'request_id') ?? undefined;
    return header === body ? pass : fail({ pointer: '/request_id', expected: shown(header), found: shown(body) });
  },
});

const details = check({
  id: 'errors.envelope.details',
  level: 'may',
  layer: 'schema',
  requirement: 'error.details, where present, is an object or null, and its error_code a string.',
  covers: ['err.details.optional', 'sdk.error.code-classes'],
  source: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/core/error.ts',
  breaks: [sdkTypescript('1.5 and newer choose the error class by it')],
  reads: envelopes,
  probes,
  judge: ({ json }) => {
    const value = at(json, 'error', 'details') ?? undefined;
    if (value === undefined) return notApplicable('no details');
    if (!isJsonObject(value)) return fail({ pointer: '/error/details', expected: 'an object', found: shown(value) });
    const code = value['error_code'] ?? undefined;
    return code === undefined || typeof code === 'string'
      ? pass
      : fail({ pointer: '/error/details/error_code', expected: 'a string', found: shown(code) });
  },
});

export const envelopeChecks: readonly Check[] = [bodyIsJson, noForeignShape, outerType, errorObject, requestId, details];
