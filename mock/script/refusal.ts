/** Errors before the stream: an HTTP status, an envelope, and the headers that go with them. https://platform.claude.com/docs/en/api/errors */
import { errorTypes, isKnownErrorType, type ErrorType } from '../../spec/index.ts';
import { limitHeaders, type RateLimits } from '../physics/limit-headers.ts';
import { checkHeader } from './check-header.ts';
import { show } from '../show.ts';
import { requireJson } from './require-json.ts';
import { hintFor, kindOf, MockScriptError, requireFields, requireKeys, requireNumber } from './script-error.ts';

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
  /** For `retry-after`, in seconds; false for no such header. Default: 1 with `rate_limit_error`, none with the others, as officially. */
  readonly retryAfter?: number | false;
  /** `error.details` of the envelope. */
  readonly details?: Readonly<Record<string, unknown>>;
}

const fields: Readonly<Record<keyof RefuseOptions, true>> = { message: true, status: true, headers: true, retryAfter: true, details: true };

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
  checkErrorType('refuse()', type);
  requireKeys('refuse()', options, fields);
  const { message = defaultMessages[type], status, headers: own = {}, retryAfter, details } = options;
  if (typeof message !== 'string') throw new MockScriptError('refuse().message', `must be a string, not ${kindOf(message)}.`);
  if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599)) {
    throw new MockScriptError('refuse().status', `must be an integer from 400 to 599, not ${show(status)}.`);
  }
  if (details !== undefined) requireFields('refuse().details', details);
  requireJson('refuse().details', details);
  requireFields('refuse().headers', own);
  for (const [name, value] of Object.entries(own)) checkHeader('refuse().headers', name, value);
  const headers = { ...retryHeader('refuse()', type, own, retryAfter), ...own };
  return { kind: 'refusal', type, message, status, headers, details };
}

/** 529: the service has too much to do. `retryAfter` in seconds; by default there is no such header, as officially. */
export function overloaded(options: { readonly retryAfter?: number } = {}): Refusal {
  requireKeys('overloaded()', options, { retryAfter: true });
  return refuse('overloaded_error', { headers: retryHeader('overloaded()', 'overloaded_error', {}, options.retryAfter) });
}

export interface RateLimitedOptions {
  /** Seconds. Default 1. */
  readonly retryAfter?: number;
  /** For the `anthropic-ratelimit-*` headers. Default: 50 requests, none of them left. */
  readonly limits?: RateLimits;
}

/** 429, with `retry-after` and the `anthropic-ratelimit-*` headers. */
export function rateLimited(options: RateLimitedOptions = {}): Refusal {
  requireKeys('rateLimited()', options, { retryAfter: true, limits: true });
  const { retryAfter, limits = { requests: { limit: 50, remaining: 0 } } } = options;
  return refuse('rate_limit_error', {
    headers: { ...retryHeader('rateLimited()', 'rate_limit_error', {}, retryAfter), ...limitHeaders(limits) },
  });
}

export function isErrorType(type: unknown): type is ErrorType {
  return typeof type === 'string' && isKnownErrorType(type);
}

/** Throws a `MockScriptError` for an error type that does not exist. */
export function checkErrorType(place: string, type: unknown): asserts type is ErrorType {
  if (isErrorType(type)) return;
  const known = errorTypes.map((one) => one.type);
  throw new MockScriptError(place, `there is no error type ${show(type)}.${hintFor(type, known)}`);
}

/** Headers that an error has where the script does not say them: whoever is told to slow down is told for how long. */
export function defaultHeaders(type: ErrorType): Readonly<Record<string, string>> {
  return type === 'rate_limit_error' ? { 'retry-after': '1' } : {};
}

function retryHeader(
  place: string,
  type: ErrorType,
  own: Readonly<Record<string, string>>,
  seconds: number | false | undefined,
): Readonly<Record<string, string>> {
  const isSaid = Object.keys(own).some((name) => name.toLowerCase() === 'retry-after');
  if (seconds === false || (seconds === undefined && isSaid)) return {};
  if (seconds === undefined) return defaultHeaders(type);
  requireNumber(`${place}.retryAfter`, seconds, 0);
  return { 'retry-after': String(seconds) };
}
