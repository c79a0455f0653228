/** The one exception that becomes an answer: status, error type and message of the envelope. */
import { type ErrorType, statusesForErrorType } from '../spec/index.ts';

export interface ApiErrorOptions {
  /** Extra response headers, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `error.details` of the envelope. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Where the usual status of the type is not the one to send. */
  readonly status?: number;
  readonly cause?: unknown;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly type: ErrorType;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(type: ErrorType, message: string, options: ApiErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.status = options.status ?? statusesForErrorType(type)[0] ?? 500;
    this.headers = options.headers ?? {};
    this.details = options.details;
  }
}
