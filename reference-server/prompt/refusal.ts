/** Refusals of requests that this server understands but cannot serve, with the place in the request, as the API words them. */
import { ApiError } from '../../endpoint/errors.ts';

/** A 400 that names the field, `messages.0.content.1` for example. */
export function refusal(where: string, why: string): ApiError {
  return new ApiError('invalid_request_error', `${where}: ${why}`);
}
