/** Replies with one JSON body, and the error envelope. https://platform.claude.com/docs/en/api/errors */
import type { ErrorResponse, RawHeader } from '../spec/index.ts';
import type { ApiError } from './errors.ts';
import type { Reply } from './reply.ts';

export type BodyReply = Extract<Reply, { kind: 'body' }>;

export function jsonReply(status: number, value: unknown, requestId: string, extra: Readonly<Record<string, string>> = {}): BodyReply {
  return writtenReply(status, JSON.stringify(value), requestId, extra);
}

/** A body that is JSON already. */
export function writtenReply(status: number, body: string, requestId: string, extra: Readonly<Record<string, string>> = {}): BodyReply {
  const headers: RawHeader[] = [['content-type', 'application/json'], ['request-id', requestId], ...Object.entries(extra)];
  return { kind: 'body', status, headers, body };
}

/** An answer without a body, for start-up probes. */
export function emptyReply(requestId: string): BodyReply {
  return { kind: 'body', status: 200, headers: [['request-id', requestId]], body: '' };
}

/** The envelope of an error; also the data of an `error` event in mid-stream. */
export function errorEnvelope({ type, message, details }: ApiError, requestId: string): ErrorResponse {
  return { type: 'error', error: { type, message, ...(details && { details }) }, request_id: requestId };
}

export function errorReply(error: ApiError, requestId: string): BodyReply {
  // Retrying a request that was wrong wastes minutes: Claude Code retries a 401 ten times unless told not to.
  const advice = isFinal(error.status) ? { 'x-should-retry': 'false' } : undefined;
  return jsonReply(error.status, errorEnvelope(error, requestId), requestId, { ...advice, ...error.headers });
}

function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 409, 429].includes(status);
}
