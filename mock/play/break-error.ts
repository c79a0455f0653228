/** The error of a scripted failure. */
import { ApiError } from '../../endpoint/index.ts';
import type { Break } from '../script/part.ts';
import { defaultHeaders, defaultMessages } from '../script/refusal.ts';

export function breakError({ error, message }: Extract<Break, { type: 'fail' }>): ApiError {
  return new ApiError(error, message ?? defaultMessages[error], { headers: defaultHeaders(error) });
}
