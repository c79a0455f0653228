/** A valid request answered with a status that it does not deserve, or with 200 and no Message. */
import { ApiError } from '../../../endpoint/index.ts';
import { errorReply } from '../../../endpoint/json-reply.ts';
import type { ErrorType } from '../../../spec/index.ts';
import { answers } from '../acting.ts';
import { fault, type KnownFault } from '../fault.ts';
import { at, plain, sample } from '../touching.ts';
import { is } from './errors-taken.ts';

/** The one plain answer that every check on Messages reads. */
const shortAnswer = sample(plain, at('/max_tokens', is(32)));

interface Unwilling {
  readonly status: number;
  readonly type: ErrorType;
  readonly why: string;
  /** Default: the official client, which throws. Where a server is busy, nothing is judged. */
  readonly trips?: readonly string[];
}

const rows: readonly Unwilling[] = [
  { status: 400, type: 'invalid_request_error', why: 'it refuses what is valid' },
  { status: 404, type: 'not_found_error', why: 'it does not have the model' },
  { status: 408, type: 'invalid_request_error', why: 'it waited too long for the body' },
  { status: 409, type: 'conflict_error', why: 'another request is running' },
  { status: 422, type: 'invalid_request_error', why: 'its framework refuses what is valid' },
  { status: 429, type: 'rate_limit_error', why: 'the limit is reached', trips: [] },
  { status: 500, type: 'api_error', why: 'it failed', trips: ['errors.status.no-5xx-on-valid', 'sdk.create.content'] },
  { status: 503, type: 'overloaded_error', why: 'it is loading the model', trips: [] },
  { status: 529, type: 'overloaded_error', why: 'it is overloaded', trips: [] },
];

const statuses = rows.map(({ status, type, why, trips = ['sdk.create.content'] }) =>
  fault({
    id: `answers-${status}`,
    sentence: `A valid request is answered ${status}: ${why}.`,
    layer: 'status',
    trips,
    touches: shortAnswer,
    act: () => ({
      instead: () => errorReply(new ApiError(type, `Sorry: ${why}.`, { status, headers: { 'retry-after': '0' } }), 'req_of_a_fault'),
    }),
  }),
);

export const unwillingFaults: readonly KnownFault[] = [
  ...statuses,
  fault({
    id: 'answers-error-with-200',
    sentence: 'The server fails, and says so with status 200.',
    layer: 'status',
    imitates: ['lmstudio-bug-tracker#2055'],
    trips: ['errors.status.not-200', 'messages.shape.valid', 'sdk.create.content'],
    touches: shortAnswer,
    act: answers(200, { type: 'error', error: { type: 'api_error', message: 'The model crashed.' } }),
  }),
  fault({
    id: 'answers-chat-completion',
    sentence: "A message comes in OpenAI's shape.",
    layer: 'json',
    trips: ['messages.shape.valid', 'sdk.create.content'],
    touches: shortAnswer,
    act: answers(200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'mock-model',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'length' }],
      usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
    }),
  }),
];
