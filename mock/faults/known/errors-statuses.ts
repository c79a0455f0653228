/** Refusals with another status or type of error than clients expect, or none at all. Each spoils the answer to one mistake. */
import { type Frames, streamHeaders } from '../../../endpoint/reply.ts';
import { answers, crashes } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { all, at, counts, has, header, messages, not, streams } from '../touching.ts';
import { envelope, sends, typed, unknownField, wrongKind, wrongMethod } from './errors-spoiled.ts';
import { is } from './errors-taken.ts';

const errorEvent = `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message: 'no_such_field' } })}\n\n`;
const message = {
  id: 'msg_of_a_fault',
  type: 'message',
  role: 'assistant',
  model: 'mock-model',
  content: [{ type: 'text', text: 'Hello.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 2 },
};

const answersStream =
  (text: string): KnownFault['act'] =>
  () => ({
    instead: () => ({ kind: 'stream', status: 200, headers: streamHeaders('req_of_a_fault'), frames: once(text) }),
  });

async function* once(text: string): Frames {
  yield { text };
  return 'end';
}

const statuses: readonly KnownFault[] = [
  fault({
    id: 'error-type-of-exception',
    sentence: 'The type of an error is the name of a class of the server.',
    layer: 'json',
    imitates: ['vllm#43380', 'litellm#39037'],
    trips: ['errors.type.matches-status'],
    touches: unknownField,
    act: typed('BadRequestError'),
  }),
  fault({
    id: 'error-type-of-engine',
    sentence: 'The error for a model that is not there has a type of the engine.',
    layer: 'json',
    trips: ['errors.type.matches-status'],
    touches: all(messages, at('/model', is('no-such-model-7f3a'))),
    act: typed('NotFoundError'),
  }),
  fault({
    id: 'error-type-unknown',
    sentence: 'A method that does not fit is answered with a type of error that no client knows.',
    layer: 'json',
    trips: ['errors.type.known'],
    touches: wrongMethod,
    act: typed('method_not_allowed'),
  }),
  fault({
    id: 'timeout-as-api-error',
    sentence: 'A request that took too long is answered 504 with the type api_error.',
    layer: 'status',
    trips: ['errors.type.matches-status'],
    touches: unknownField,
    act: typed('api_error', 504),
  }),
  fault({
    id: 'bad-request-as-500',
    sentence: 'What the engine refuses is passed on as an error of the server, which clients repeat.',
    layer: 'status',
    imitates: ['sglang#25876', 'vllm#52088', 'vllm#51997', 'vllm#43380'],
    trips: ['errors.status.no-5xx-on-bad-input'],
    touches: unknownField,
    act: typed('api_error', 500),
  }),
  fault({
    id: 'crash-on-wrong-type',
    sentence: 'A value of a wrong type crashes the server, which answers 500 in plain text.',
    layer: 'status',
    imitates: ['vllm#51997'],
    trips: ['errors.status.no-5xx-on-bad-input'],
    touches: wrongKind,
    mayTrip: { 'http.json.parses': 'The page is plain text.' },
    act: crashes,
  }),
  fault({
    id: 'invalid-as-422',
    sentence: 'Invalid requests are answered 422, with the right envelope.',
    layer: 'status',
    trips: ['errors.status.invalid-is-400'],
    touches: unknownField,
    act: typed('invalid_request_error', 422),
  }),
  fault({
    id: 'error-with-200',
    sentence: 'Errors are sent with status 200.',
    layer: 'status',
    imitates: ['lmstudio-bug-tracker#2055'],
    trips: ['errors.status.not-200', 'errors.in.key-unknown'],
    touches: all(unknownField, not(streams)),
    act: envelope((error) => error, 200),
  }),
  fault({
    id: 'count-error-with-200',
    sentence: 'A route that does not count answers 200 with an error.',
    layer: 'status',
    imitates: ['lmstudio-bug-tracker#2055'],
    trips: ['errors.status.not-200', 'count-tokens.refusal.key-unknown'],
    touches: all(counts, has('/no_such_field')),
    act: answers(200, { error: 'Unexpected endpoint or method. (POST /v1/messages/count_tokens)' }),
  }),
  fault({
    id: 'too-large-is-html',
    sentence: 'A gateway answers a large body with its own page.',
    layer: 'status',
    trips: ['errors.status.too-large-is-413'],
    mayTrip: { 'http.json.parses': 'The page is HTML.' },
    touches: all(
      messages,
      header('content-length', (bytes) => Number(bytes) > 1024 * 1024),
    ),
    act: answers(413, '<html><body><h1>413 Request Entity Too Large</h1></body></html>\n', 'text/html'),
  }),
  fault({
    id: 'refuses-in-stream',
    sentence: 'A refused stream begins with 200, and its first event is the error.',
    layer: 'sse',
    trips: ['errors.stream.refused-as-json'],
    touches: all(unknownField, streams),
    act: answersStream(errorEvent),
  }),
  fault({
    id: 'refuses-with-empty-stream',
    sentence: 'A refused stream is a 200 without events: the refusal of the server behind is swallowed.',
    layer: 'sse',
    imitates: ['lemonade#1820'],
    trips: ['errors.in.key-unknown'],
    touches: all(unknownField, streams),
    act: answersStream(''),
  }),
];

const json: readonly KnownFault[] = [
  fault({
    id: 'takes-json-malformed',
    sentence: 'The server takes JSON that breaks off, and repairs it.',
    layer: 'behaviour',
    trips: ['errors.json.malformed'],
    touches: sends((text) => text.startsWith('{')),
    act: answers(200, message),
  }),
  fault({
    id: 'takes-json-array',
    sentence: 'The server takes a list of requests for the first of them.',
    layer: 'behaviour',
    trips: ['errors.json.not-object'],
    touches: sends((text) => text.startsWith('[')),
    act: answers(200, message),
  }),
  fault({
    id: 'takes-empty-body',
    sentence: 'The server answers an empty body.',
    layer: 'behaviour',
    trips: ['errors.json.empty'],
    touches: sends((text) => text === ''),
    act: answers(200, message),
  }),
  fault({
    id: 'crash-on-bad-json',
    sentence: 'A body that is no JSON crashes the server.',
    layer: 'status',
    trips: ['errors.status.no-5xx-on-bad-input'],
    touches: sends((text) => text.startsWith('{')),
    mayTrip: { 'http.json.parses': 'The page is plain text.' },
    act: crashes,
  }),
];

export const statusFaults: readonly KnownFault[] = [...statuses, ...json];
