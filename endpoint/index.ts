/** The server side of the protocol. Runs in Node, workers and browsers; `./node` puts it on a port. */
export { abortableFrames } from './abortable-frames.ts';
export type { AnsweringBackend, Backend, BackendEvent, PromptTokens, StopReason } from './backend.ts';
export { systemClock, waitUntil, type Clock } from './clock.ts';
export { createEndpoint, type Endpoint, type EndpointOptions } from './endpoint.ts';
export { ApiError, type ApiErrorOptions } from './errors.ts';
export { MessageFold } from './generation/fold-message.ts';
export { MessageEvents, type MessageContext } from './generation/message-events.ts';
export { PingedReader } from './generation/pinged-reader.ts';
export { eventFrame } from './generation/sse.ts';
export { createIds, seededIds, type Ids } from './ids.ts';
export type { Job } from './job.ts';
export { errorEnvelope } from './json-reply.ts';
export { streamHeaders, type Frame, type Frames, type Reply, type StreamEnding } from './reply.ts';
export type { BodyReader, EndpointRequest, HeaderMap, RequestTrace } from './request.ts';
export { heldFrames } from './held-frames.ts';
export { createStopMatcher, type StopMatch, type StopMatcher } from './stop-matcher.ts';
export { createFetch, toResponse, type ResponseOptions } from './web.ts';
