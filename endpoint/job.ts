/** One valid request on its way to its answer. */
import type { MessagesRequest } from '../spec/index.ts';
import type { Clock } from './clock.ts';
import type { ApiError } from './errors.ts';
import type { MessageContext } from './generation/message-events.ts';
import type { EndpointRequest, HeaderMap } from './request.ts';

export interface Job {
  readonly request: MessagesRequest;
  readonly context: MessageContext;
  readonly requestId: string;
  /** What carried the request, and its headers. */
  readonly source: EndpointRequest;
  readonly headers: HeaderMap;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly pingIntervalMs: number;
  /** Turns whatever was thrown into what the client may know of it. */
  readonly toApiError: (error: unknown) => ApiError;
}
