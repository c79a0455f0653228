/** Errors before the stream: an HTTP status, an envelope, and the headers that go with them. https://platform.claude.com/docs/en/api/errors */
import { isKnownErrorType, type ErrorType } from '../../spec/index.ts';
import { limitHeaders, type RateLimits } from '../physics/limit-headers.ts';
import { checkHeader } from './scripted-message.ts';
import { MockScriptError, requireNumber } from './script-error.ts';

/** A reply of status 400 or above. Make one with `refuse`, `overloaded` or `rateLimited`. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly type: ErrorType;
  readonly message: string;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

export interface RefuseOptions {
  readonly message?: string;
  /** Default: the documented one of the type. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `error.details` of the envelope. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What is said where the script does not say it; also for an `error` event. */
export const defaultMessages: Readonly<Record<ErrorType, string>> = {
  invalid_request_error: 'The request is invalid.',
  authentication_error: 'invalid x-api-key',
  billing_error: 'There is a problem with billing.',
  permission_error: 'The key may not use this resource.',
  not_found_error: 'The resource was not found.',
  conflict_error: 'The request conflicts with another one.',
  request_too_large: 'The request is too large.',
  rate_limit_error: 'The request would exceed the rate limit.',
  api_error: 'Internal server error.',
  timeout_error: 'The request timed out.',
  overloaded_error: 'Overloaded',
};

/**
 * An error instead of an answer.
 * @example mock.once(refuse('permission_error', { message: 'Not with this key.' }));
 */
export function refuse(type: ErrorType, options: RefuseOptions = {}): Refusal {
  if (!isKnownErrorType(type)) throw new MockScriptError('refuse()', `there is no error type ${JSON.stringify(type)}.`);
  const { message = defaultMessages[type], status, headers = {}, details } = options;
  if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599)) {
    throw new MockScriptError('refuse().status', `must be an integer from 400 to 599, not ${status}.`);
  }
  for (const [name, value] of Object.entries(headers)) checkHeader('refuse().headers', name, value);
  return { kind: 'refusal', type, message, status, headers, details };
}

/** 529: the service has too much to do. `retryAfter` in seconds; by default there is no such header, as officially. */
export function overloaded({ retryAfter }: { readonly retryAfter?: number } = {}): Refusal {
  return refuse('overloaded_error', { headers: retryAfterHeader('overloaded()', retryAfter) });
}

export interface RateLimitedOptions {
  /** Seconds. Default 1. */
  readonly retryAfter?: number;
  /** For the `anthropic-ratelimit-*` headers. Default: 50 requests, none of them left. */
  readonly limits?: RateLimits;
}

/** 429, with `retry-after` and the `anthropic-ratelimit-*` headers. */
export function rateLimited({ retryAfter = 1, limits = { requests: { limit: 50, remaining: 0 } } }: RateLimitedOptions = {}): Refusal {
  return refuse('rate_limit_error', { headers: { ...retryAfterHeader('rateLimited()', retryAfter), ...limitHeaders(limits) } });
}

function retryAfterHeader(place: string, seconds: number | undefined): Readonly<Record<string, string>> {
  if (seconds === undefined) return {};
  requireNumber(`${place}.retryAfter`, seconds, 0);
  return { 'retry-after': String(seconds) };
}
