/** Passes one request on and its answer back, piece by piece as they come. Whoever hangs up, the other side hears it at once. */
import { type ClientRequest, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Ending, Exchange, RawHeader } from '../../spec/index.ts';
import { LONGEST_HEAD } from '../wire/connection.ts';
import { codeOf, ConnectError, reasonOf } from '../wire/problem.ts';
import { closesAfter, endToEnd, pairsOf } from './headers.ts';
import type { Passing } from './passing.ts';
import type { ConnectionCount, UpstreamAgent } from './upstream.ts';

export interface Way {
  readonly agent: UpstreamAgent;
  /** Request target to write: absolute where a proxy of the user's is in between. */
  readonly target: string;
  readonly headers: readonly RawHeader[];
  readonly connections: ConnectionCount;
  /** Ends it from our side. */
  readonly signal: AbortSignal;
}

/** @returns the exchange once it has ended. Never rejects. */
export function forward(request: IncomingMessage, reply: ServerResponse, way: Way, passing: Passing): Promise<Exchange> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  let isOver = false;
  const upstream = httpRequest({
    agent: way.agent,
    method: request.method ?? 'GET',
    path: way.target,
    headers: way.headers.flat(),
    maxHeaderSize: LONGEST_HEAD,
  });
  // However many there are: Node drops what comes after the first 2,000.
  upstream.maxHeadersCount = 0;
  const noteRead = (): void => passing.read();
  let socket: Socket | undefined;
  let answer: IncomingMessage | undefined;
  let interimLength = 0;

  const over = (ended: Ending, problem?: string): void => {
    if (isOver) return;
    isOver = true;
    way.signal.removeEventListener('abort', stop);
    socket?.off('data', noteRead);
    resolve(passing.exchange(ended, problem));
  };
  const stop = (): void => {
    over('aborted-by-us', 'The proxy was ended.');
    upstream.destroy();
    reply.destroy();
  };
  /** The server is to blame, or cannot be reached. */
  const failed = (error: Error): void => {
    // What follows the end of an answer is no part of it: that one has yet to be handed on.
    if (isOver || answer?.complete === true) return;
    const { ended, problem } = endOf(error, passing);
    over(ended, problem);
    upstream.destroy();
    if (ended === 'refused') refuse(reply, problem);
    else breakOff(reply);
  };

  way.signal.addEventListener('abort', stop, { once: true });
  reply.on('close', () => {
    if (isOver) return;
    over('aborted-by-us', 'The client hung up.');
    upstream.destroy();
  });
  upstream
    .on('socket', (used) => {
      socket = used;
      passing.sent(way.connections.use(used));
      // Before Node's own listener: what it makes of these bytes arrived now.
      used.prependListener('data', noteRead);
    })
    .on('information', ({ statusCode, statusMessage, rawHeaders }) => {
      passing.interim();
      interimLength += rawHeaders.reduce((sum, { length }) => sum + length, statusMessage.length + 'HTTP/1.1 100 \r\n\r\n'.length);
      if (interimLength > LONGEST_HEAD) {
        failed(Object.assign(new Error('interim responses without end'), { code: 'HPE_HEADER_OVERFLOW' }));
        return;
      }
      passInterim(reply, statusCode, statusMessage, rawHeaders);
    })
    .on('upgrade', (_response, used) => {
      used.destroy();
      failed(switched());
    })
    .on('error', failed)
    .on('response', (response) => {
      if (response.statusCode === 101) {
        failed(switched());
        return;
      }
      answer = response;
      try {
        passAnswer(response, reply, passing);
      } catch (error) {
        failed(Object.assign(new Error(reasonOf(error), { cause: error }), { code: 'HPE_UNSENDABLE' }));
        return;
      }
      response.on('end', () => {
        // Node ends a broken body with an error of its own, so what ends in order is whole.
        if (!response.complete) return;
        over('complete');
        if (response.rawTrailers.length > 0) reply.addTrailers(trailersOf(response));
        reply.end();
      });
      response.on('error', failed);
    });
  passBody(request, upstream, passing);
  return promise;
}

function passBody(request: IncomingMessage, upstream: ClientRequest, passing: Passing): void {
  request.on('data', (piece: Buffer) => {
    if (!upstream.write(piece)) request.pause();
    passing.sentData(piece);
  });
  upstream.on('drain', () => request.resume());
  // What the server no longer reads is taken from the client all the same, so that it gets to read the answer.
  upstream.on('close', () => request.resume());
  request.on('end', () => {
    if (request.rawTrailers.length > 0) upstream.addTrailers(trailersOf(request));
    upstream.end();
  });
}

function trailersOf({ rawTrailers }: IncomingMessage): readonly [string, string][] {
  return pairsOf(rawTrailers).map(([name, value]): [string, string] => [name, value]);
}

function passAnswer(response: IncomingMessage, reply: ServerResponse, passing: Passing): void {
  const { statusCode = 0, statusMessage = '', httpVersion } = response;
  const headers = pairsOf(response.rawHeaders);
  passing.head(statusCode, statusMessage, headers);
  reply.sendDate = false;
  if (closesAfter(headers, httpVersion)) reply.shouldKeepAlive = false;
  reply.writeHead(statusCode, statusMessage, endToEnd(headers).flat());
  response.on('data', (piece: Buffer) => {
    if (!reply.write(piece)) response.pause();
    passing.data(piece);
  });
  reply.on('drain', () => response.resume());
  // A body that came in the same read goes out in the same write; a head that came alone does not wait for it.
  setImmediate(() => {
    // Not `flushHeaders`, which writes bytes beyond ASCII as UTF-8.
    if (!reply.writableEnded) reply.write('', 'latin1');
  });
}

/** 100 Continue and its like, as they came. */
function passInterim(reply: ServerResponse, status: number, text: string, raw: readonly string[]): void {
  if (status === 100) return reply.writeContinue();
  const lines = pairsOf(raw).map(([name, value]) => `${name}: ${value}\r\n`);
  reply.socket?.write(`HTTP/1.1 ${status} ${text}\r\n${lines.join('')}\r\n`, 'latin1');
}

function endOf(error: Error, passing: Passing): { readonly ended: Ending; readonly problem: string } {
  if (error instanceof ConnectError) return { ended: 'refused', problem: error.message };
  if (codeOf(error) === SWITCHED) return { ended: 'protocol-error', problem: `${error.message}.` };
  if (codeOf(error).startsWith('HPE_')) {
    const what = passing.hasHead ? 'The body of the response breaks HTTP/1.1' : 'The head of the response is not HTTP/1.1';
    return { ended: 'protocol-error', problem: `${what}: ${reasonOf(error)}.` };
  }
  if (!passing.hasHead) return { ended: 'reset', problem: 'The server closed the connection without an answer.' };
  return { ended: 'reset', problem: `The server closed the connection before the end of the body, after ${passing.received} bytes of it.` };
}

const SWITCHED = 'SWITCHED_PROTOCOLS';

/** No request that is passed on asks for it. */
function switched(): Error {
  return Object.assign(new Error('The server switched protocols, which nobody had asked for'), { code: SWITCHED });
}

/** The client is to see what the proxy sees: a connection that breaks. */
function breakOff(reply: ServerResponse): void {
  const { socket } = reply;
  // What was passed on before is let out first; the missing end is what tells.
  if (socket === null || socket.writableLength === 0) reply.destroy();
  else socket.destroySoon();
}

/** A connection that was never made cannot be broken, so this one answer is the proxy's own. */
function refuse(reply: ServerResponse, problem: string): void {
  if (reply.headersSent || reply.destroyed) return reply.destroy() && undefined;
  const body = JSON.stringify({ type: 'error', error: { type: 'api_error', message: `conformance proxy: ${problem}` } });
  reply.writeHead(502, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}
