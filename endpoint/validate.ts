/** Whether a body may be answered: its form, and what no schema can know (threads, models, limits). */
import {
  describeProblem,
  isUnknownRole,
  requestProblems,
  type CountTokensRequest,
  type MessagesRequest,
  type ModelInfo,
} from '../spec/index.ts';
import type { JsonObject } from '../spec/json.ts';
import { ApiError } from './errors.ts';
import type { RequestRules } from './version.ts';

/** What becomes of a request that is not valid. */
export interface Strictness {
  readonly mode: 'strict' | 'warn' | 'off';
  /** Whether unknown fields count. */
  readonly refusesUnknown: boolean;
  readonly warn: (problem: string) => void;
}

/** Throws the 400 of the first thing that is wrong with the body of a Messages request. */
export function assertMessagesRequest(
  body: JsonObject,
  rules: RequestRules,
  strictness: Strictness,
): asserts body is JsonObject & MessagesRequest {
  refuseProblems('messages', body, rules, strictness);
}

/** As `assertMessagesRequest`, for count_tokens. */
export function assertCountTokensRequest(
  body: JsonObject,
  rules: RequestRules,
  strictness: Strictness,
): asserts body is JsonObject & CountTokensRequest {
  refuseProblems('count-tokens', body, rules, strictness);
}

function refuseProblems(endpoint: 'messages' | 'count-tokens', body: JsonObject, rules: RequestRules, strictness: Strictness): void {
  if (strictness.mode === 'off') return;
  try {
    refuseThread(body);
    // A beta may add roles, but no backend here would know what to do with one.
    const problem = requestProblems(endpoint, body, rules).find(
      (one) => (one.level === 'error' && (strictness.refusesUnknown || one.keyword !== 'additionalProperties')) || isUnknownRole(one),
    );
    if (problem !== undefined) throw new ApiError('invalid_request_error', describeProblem(problem));
  } catch (error) {
    if (strictness.mode === 'strict' || !(error instanceof ApiError)) throw error;
    strictness.warn(error.message);
  }
}

/**
 * Threads live on the server, and this one keeps none. The SDK's tool runner recovers from exactly this error by sending the whole history;
 * to ignore the field would lose the conversation without a word.
 */
function refuseThread(body: JsonObject): void {
  if (body['thread'] === undefined || body['thread'] === null) return;
  throw new ApiError('invalid_request_error', 'thread: message threads are not supported here; send the whole history.', {
    details: { error_code: 'thread_unsupported_request' },
  });
}

/** Throws where the request asks for more output than the model can give. */
export function refuseOverLimit({ max_tokens }: MessagesRequest, model: ModelInfo): void {
  const limit = model.max_tokens ?? Number.POSITIVE_INFINITY;
  // Not the opposite: where validation only warns, there may be no number.
  if (!(max_tokens > limit)) return;
  throw new ApiError('invalid_request_error', `max_tokens: ${max_tokens} > ${limit}, which is the maximum for ${model.id}`);
}

/** Throws where the prompt alone is more than the model can take, in the API's words, which clients recognise. */
export function refuseTooLong(count: number, model: ModelInfo): void {
  const limit = model.max_input_tokens ?? Number.POSITIVE_INFINITY;
  if (count > limit) throw new ApiError('invalid_request_error', `prompt is too long: ${count} tokens > ${limit} maximum`);
}
