// Which HTTP status goes with which error type.
// https://platform.claude.com/docs/en/api/errors
import type { ErrorType } from './generated/types.ts';

/**
 * The documented pairs of HTTP status and `error.type`, in order of status.
 * 413 `request_too_large` is documented but absent from the SDK's union; `statusesForErrorType` lets 413 be an invalid request too.
 */
export const errorTypes: readonly { readonly status: number; readonly type: ErrorType }[] = [
  { status: 400, type: 'invalid_request_error' },
  { status: 401, type: 'authentication_error' },
  { status: 402, type: 'billing_error' },
  { status: 403, type: 'permission_error' },
  { status: 404, type: 'not_found_error' },
  { status: 409, type: 'conflict_error' },
  { status: 413, type: 'request_too_large' },
  { status: 429, type: 'rate_limit_error' },
  { status: 500, type: 'api_error' },
  { status: 504, type: 'timeout_error' },
  { status: 529, type: 'overloaded_error' },
];

/**
 * The error type for an HTTP status. A 4xx that the table does not list is an invalid request (405, 415, 422, ...),
 * a 5xx that it does not list is an API error. Undefined for a status below 400 or above 599.
 */
export function errorTypeForStatus(status: number): ErrorType | undefined {
  const listed = errorTypes.find((entry) => entry.status === status);
  if (listed) return listed.type;
  if (status >= 400 && status < 500) return 'invalid_request_error';
  return status >= 500 && status < 600 ? 'api_error' : undefined;
}

/**
 * True if status and type may go together on the wire. Wider than the table in two places: `invalid_request_error` is the
 * catch-all of every 4xx without a row of its own and of 413, and `api_error` of every 5xx without one.
 */
export function statusFitsErrorType(status: number, type: string): boolean {
  return errorTypeForStatus(status) === type || (status === 413 && type === 'invalid_request_error');
}

/** The statuses that the table gives to an error type; empty for a type that it does not know. */
export function statusesForErrorType(type: string): readonly number[] {
  const statuses = errorTypes.filter((entry) => entry.type === type).map((entry) => entry.status);
  return type === 'invalid_request_error' ? [...statuses, 413] : statuses;
}

/** True for an error type that is documented today; the set may grow. */
export function isKnownErrorType(type: string): type is ErrorType {
  return errorTypes.some((entry) => entry.type === type);
}
