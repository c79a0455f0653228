/** Whether a body may be answered: its form, and what no schema can know (threads, models, limits). */
import { describeProblem, requestProblems, type CountTokensRequest, type MessagesRequest, type ModelInfo } from '../spec/index.ts';
import type { JsonObject } from '../spec/json.ts';
import { ApiError } from './errors.ts';
import type { RequestRules } from './version.ts';

/** Throws the 400 of the first thing that is wrong with the body of a Messages request. */
export function assertMessagesRequest(
  body: JsonObject,
  rules: RequestRules,
  isStrict: boolean,
): asserts body is JsonObject & MessagesRequest {
  refuseProblems('messages', body, rules, isStrict);
}

/** As `assertMessagesRequest`, for count_tokens. */
export function assertCountTokensRequest(
  body: JsonObject,
  rules: RequestRules,
  isStrict: boolean,
): asserts body is JsonObject & CountTokensRequest {
  refuseProblems('count-tokens', body, rules, isStrict);
}

function refuseProblems(endpoint: 'messages' | 'count-tokens', body: JsonObject, rules: RequestRules, isStrict: boolean): void {
  refuseThread(body);
  const problem = requestProblems(endpoint, body, rules).find(
    ({ level, keyword }) => level === 'error' && (isStrict || keyword !== 'additionalProperties'),
  );
  if (problem !== undefined) throw new ApiError('invalid_request_error', describeProblem(problem));
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
  if (max_tokens <= limit) return;
  throw new ApiError('invalid_request_error', `max_tokens: ${max_tokens} > ${limit}, which is the maximum for ${model.id}`);
}
