/** Errors in a form, or with a text, that clients do not know. Each spoils the answer to one mistake. */
import { answers, says } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { htmlErrors, openAiErrors, replaceError } from '../reply-faults.ts';
import { all, any, messages } from '../touching.ts';
import { envelope, otherRoutes, several, unknownField, worded, wrongKind, wrongMethod, wrongRole } from './errors-spoiled.ts';

const fastApi = { detail: [{ type: 'int_parsing', loc: ['body', 'max_tokens'], msg: 'Input should be a valid integer', input: 'one' }] };
const notFound = { detail: 'Not Found' };

const envelopes: readonly KnownFault[] = [
  fault({
    id: 'openai-error-shape',
    sentence: "One handler of the server writes errors in OpenAI's shape, the others do not.",
    layer: 'json',
    imitates: ['vllm#57997', 'vllm#58023'],
    trips: ['errors.envelope.not-foreign'],
    touches: unknownField,
    act: says(openAiErrors),
  }),
  fault({
    id: 'fastapi-validation-errors',
    sentence: 'Values of a wrong type are answered by the web framework, with 422 and a list of details.',
    layer: 'status',
    trips: ['errors.envelope.not-foreign', 'errors.status.invalid-is-400'],
    touches: wrongKind,
    act: answers(422, fastApi),
  }),
  fault({
    id: 'fastapi-routes',
    sentence: 'Unknown paths and methods are answered by the web framework, with a detail.',
    layer: 'json',
    trips: ['errors.envelope.not-foreign'],
    touches: otherRoutes,
    act: () => ({ instead: (what) => answers(wrongMethod(what) ? 405 : 404, notFound)().instead?.(what) }),
  }),
  fault({
    id: 'html-routes',
    sentence: 'Unknown paths and methods are answered with a page of HTML.',
    layer: 'headers',
    trips: ['errors.body.is-json'],
    touches: otherRoutes,
    act: says(htmlErrors),
  }),
  fault({
    id: 'unauthorized-openai-shape',
    sentence: "A missing key is answered with an error in OpenAI's shape.",
    layer: 'json',
    trips: ['errors.envelope.not-foreign'],
    touches: all(messages, ({ headers }) => headers.every(([name]) => !['x-api-key', 'authorization'].includes(name.toLowerCase()))),
    act: says(openAiErrors),
  }),
  fault({
    id: 'error-without-outer-type',
    sentence: 'Errors lack the type at their top.',
    layer: 'json',
    trips: ['errors.envelope.outer-type'],
    touches: unknownField,
    act: says(replaceError(({ error, request_id }) => ({ body: { error, request_id } }))),
  }),
  fault({
    id: 'error-without-message',
    sentence: 'Errors have a type and no message.',
    layer: 'json',
    trips: ['errors.envelope.error-object'],
    touches: unknownField,
    act: envelope(({ type }) => ({ type })),
  }),
  fault({
    id: 'error-type-null',
    sentence: 'Errors have null for a type.',
    layer: 'json',
    trips: ['errors.envelope.error-object'],
    touches: unknownField,
    act: envelope((error) => ({ ...error, type: null })),
  }),
  fault({
    id: 'error-request-id-other',
    sentence: 'The request id of an error is another one in its body than in its header.',
    layer: 'json',
    trips: ['errors.envelope.request-id'],
    touches: unknownField,
    act: says(replaceError((error) => ({ body: { ...error, request_id: 'req_of_the_body' } }))),
  }),
  fault({
    id: 'error-details-list',
    sentence: 'The details of an error are a list.',
    layer: 'json',
    trips: ['errors.envelope.details'],
    touches: unknownField,
    act: envelope((error) => ({ ...error, details: [error.message] })),
  }),
  fault({
    id: 'error-list',
    sentence: 'Several mistakes are answered with a list of errors.',
    layer: 'json',
    trips: ['errors.envelope.one-error'],
    touches: several,
    act: says(replaceError((body) => ({ body: { ...body, errors: [body.error, body.error] } }))),
  }),
];

const trace = `Traceback (most recent call last):\n  File "/srv/app/server.py", line 7, in handle\n    raise ValueError("no_such_field")`;
const dump = `[{'type': 'extra_forbidden', 'loc': ('body', 'no_such_field'), 'msg': 'Extra inputs are not permitted', 'input': 1}]`;

const texts: readonly KnownFault[] = [
  fault({
    id: 'error-names-nothing',
    sentence: 'The message of an error does not name what is wrong.',
    layer: 'json',
    trips: ['errors.message.names-field'],
    touches: any(wrongKind, wrongRole),
    act: worded('Invalid request.'),
  }),
  fault({
    id: 'error-with-trace',
    sentence: 'The message of an error is a stack trace with paths of files.',
    layer: 'json',
    trips: ['errors.message.no-stack-trace'],
    touches: unknownField,
    act: worded(trace),
  }),
  fault({
    id: 'error-with-dump',
    sentence: 'The message of an error is an object of the program, printed.',
    layer: 'json',
    imitates: ['vllm#57997'],
    trips: ['errors.message.no-dump'],
    touches: unknownField,
    act: worded(dump),
  }),
];

export const envelopeFaults: readonly KnownFault[] = [...envelopes, ...texts];
