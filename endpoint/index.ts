/** The server side of the protocol. Runs in Node, workers and browsers; `./node` puts it on a port. */
export { abortableFrames } from './abortable-frames.ts';
export type { Backend, BackendEvent, PromptTokens, StopReason } from './backend.ts';
export { systemClock, type Clock } from './clock.ts';
export { createEndpoint, type Endpoint, type EndpointOptions } from './endpoint.ts';
export { ApiError, type ApiErrorOptions } from './errors.ts';
export { createIds, seededIds, type Ids } from './ids.ts';
export type { Frame, Reply, StreamEnding } from './reply.ts';
export type { BodyReader, EndpointRequest } from './request.ts';
export { createStopMatcher, type StopMatch, type StopMatcher } from './stop-matcher.ts';
export { createFetch, toResponse, type ResponseOptions } from './web.ts';
