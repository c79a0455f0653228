/** An endpoint on a port: node:http under the Replies, no framework in between. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { systemClock, type Clock } from '../clock.ts';
import type { Endpoint } from '../endpoint.ts';
import { createIds } from '../ids.ts';
import type { Reply } from '../reply.ts';
import type { EndpointRequest } from '../request.ts';
import { answerClientError } from './client-error.ts';
import { Connections } from './connections.ts';
import { ListenError } from './listen-error.ts';
import { respond } from './respond.ts';

/** An import of node:http would read all that it exports, WebSocket too, and so load the whole of Node's own fetch: 30 ms of a start. */
const { createServer } = process.getBuiltinModule('node:http');

export interface ListenOptions {
  /** Default 127.0.0.1: nobody outside the machine. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Changes a reply before it is written; the way to make a server that is wrong on purpose. */
  readonly transform?: (reply: Reply, request: EndpointRequest) => Reply;
  /** A client must have sent its headers within this time. Default 20,000 ms. */
  readonly headersTimeoutMs?: number;
  /** A client must have sent its whole request within this time. Default 120,000 ms. */
  readonly requestTimeoutMs?: number;
  /** A client that takes nothing of its answer for this time is cut off. Default 60,000 ms. */
  readonly stalledTimeoutMs?: number;
  /** An idle connection is closed after this time. Default 60,000 ms. */
  readonly keepAliveTimeoutMs?: number;
  /** Told of a reply that could not be written, such as a `transform` that throws. Default: `console.error`. */
  readonly onError?: (error: unknown) => void;
  /** For due times of frames. */
  readonly clock?: Clock;
}

/** A server that is listening. Also disposable: `await using server = await listen(endpoint)`. */
export interface RunningServer extends AsyncDisposable {
  /** Origin without a trailing slash, e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, lets replies in progress end for `graceMs` (default 0), then breaks what is left. */
  close(graceMs?: number): Promise<void>;
}

/** Serves the endpoint; rejects with a `ListenError` where it cannot have the port. */
export async function listen(endpoint: Endpoint, options: ListenOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0 } = options;
  const server = httpServer(options);
  const connections = new Connections(server);
  attach(server, connections, endpoint, options);
  await startListening(server, host, port);
  server.on('error', options.onError ?? console.error);
  const bound = portOf(server);
  const close = (graceMs = 0): Promise<void> => connections.close(graceMs);
  return { url: `http://${urlHost(host)}:${bound}`, port: bound, close, [Symbol.asyncDispose]: () => close() };
}

function httpServer({ headersTimeoutMs = 20_000, requestTimeoutMs = 120_000, keepAliveTimeoutMs = 60_000 }: ListenOptions): Server {
  return createServer({
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(5000, headersTimeoutMs, requestTimeoutMs),
    // A missing Host is refused in `respond`, with an envelope; node:http would answer without a body.
    requireHostHeader: false,
    noDelay: true,
  });
}

function attach(server: Server, connections: Connections, endpoint: Endpoint, options: ListenOptions): void {
  const { transform = (reply) => reply, clock = systemClock, onError = console.error, stalledTimeoutMs = 60_000 } = options;
  const ids = createIds();
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    connections.begin(request, response);
    respond(endpoint, request, response, clock, stalledTimeoutMs, transform).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  };
  server.on('request', serve).on('checkContinue', serve).on('checkExpectation', serve);
  server.on('clientError', (error, socket: Socket) => {
    answerClientError(error, socket, connections.answering(socket), ids.request());
  });
}

function startListening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new ListenError(host, port, error));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on TCP');
  return address.port;
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
