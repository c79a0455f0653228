/** One request of node:http on its way through the endpoint and back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Endpoint } from '../endpoint.ts';
import { ApiError } from '../errors.ts';
import { createIds } from '../ids.ts';
import { errorReply } from '../json-reply.ts';
import type { Reply } from '../reply.ts';
import type { EndpointRequest } from '../request.ts';
import { linger } from './linger.ts';
import { bodyReader } from './read-body.ts';
import { writeReply } from './write-reply.ts';

/** An unread rest of a body up to this is read away to keep the connection; for a longer one it is cheaper to close it. */
const cheapBytes = 64 * 1024;

/** Answers the request; breaks off where the client takes nothing for `stalledMs`. Resolves when the answer is written, or the client is gone. */
export async function respond(
  endpoint: Endpoint,
  request: IncomingMessage,
  response: ServerResponse,
  clock: Clock,
  stalledMs: number,
  transform: (reply: Reply, request: EndpointRequest) => Reply,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  // A broken connection shows as 'close' too; without a listener this event would end the process.
  response.on('error', () => gone.abort());
  const endpointRequest: EndpointRequest = {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: headerPairs(request.rawHeaders),
    body: bodyReader(request, response),
    signal: gone.signal,
  };
  const reply = isHostMissing(request) ? missingHost() : await endpoint.handle(endpointRequest);
  if (!request.complete && !gone.signal.aborted) leaveBody(request, response);
  await writeReply(transform(reply, endpointRequest), response, gone.signal, clock, stalledMs);
}

/** The reply came before the request was read to its end (401, 413). */
function leaveBody(request: IncomingMessage, response: ServerResponse): void {
  const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (length <= cheapBytes && request.headers.expect === undefined) {
    request.resume();
    return;
  }
  const { socket } = request;
  response.setHeader('connection', 'close');
  // What node:http calls after the last byte of such a response.
  socket.destroySoon = () => linger(socket);
  response.once('finish', () => request.resume());
}

function headerPairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return pairs;
}

/** RFC 9112, section 3.2: a request of HTTP/1.1 without Host is answered with 400. */
function isHostMissing(request: IncomingMessage): boolean {
  return request.httpVersion === '1.1' && request.headers.host === undefined;
}

function missingHost(): Reply {
  return errorReply(new ApiError('invalid_request_error', 'The Host header is missing.'), createIds().request());
}
