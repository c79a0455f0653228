/**
 * A proxy in front of a server: passes the traffic of a real client through, bytes and timing unchanged, and records it as exchanges.
 * What it writes to the server differs from what it read in the host alone, and in what belongs to a connection.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Exchange } from '../../spec/index.ts';
import { normaliseBaseUrl } from '../base-url.ts';
import { ConformanceError } from '../errors.ts';
import { createClock } from '../wire/clock.ts';
import { LONGEST_HEAD } from '../wire/connection.ts';
import type { ConnectOptions } from '../wire/connect.ts';
import { codeOf, reasonOf } from '../wire/problem.ts';
import { basicCredentials, type Environment, proxyFor } from '../wire/proxy.ts';
import { forward } from './forward.ts';
import { pairsOf, requestHeaders } from './headers.ts';
import { lingerAtEnd } from './linger.ts';
import { Passing } from './passing.ts';
import { ConnectionCount, UpstreamAgent } from './upstream.ts';
import { createVault } from './vault.ts';

export interface ProxyOptions {
  /** Base URL of the server, without `/v1`. */
  readonly upstream: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** PEM text of certificates to trust besides the well-known ones. */
  readonly ca?: string;
  /** Trust any certificate. Default false. */
  readonly insecure?: boolean;
  /** Where `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are looked up. Default: none is set. */
  readonly environment?: Environment;
  /** Hears of every exchange when it has ended. It is called from the loop that passes bytes on: long work belongs elsewhere. */
  readonly onExchange: (exchange: Exchange) => void;
}

export interface Proxy {
  /** For ANTHROPIC_BASE_URL. */
  readonly url: string;
  /** Of the server, as it is read. */
  readonly baseUrl: string;
  readonly startedAt: Date;
  /** Milliseconds since it began, on the clock of its exchanges. */
  readonly now: () => number;
  /** Breaks off what is in flight, and resolves when all of it was heard of. */
  close(): Promise<void>;
}

const connectMs = 10_000;

/** @throws ConformanceError `usage` for an upstream or a port that cannot be used. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { baseUrl } = normaliseBaseUrl(options.upstream);
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const via = proxyFor(base, options.environment ?? {});
  const connecting: ConnectOptions = { proxy: via, ca: options.ca, insecure: options.insecure ?? false, timeoutMs: connectMs };
  const isForwarded = via !== undefined && base.protocol === 'http:';
  const forProxy = isForwarded ? basicCredentials(via) : undefined;
  const clock = createClock();
  const startedAt = new Date();
  const vault = createVault();
  const connections = new ConnectionCount();
  const ending = new AbortController();
  const agents = new WeakMap<Socket, UpstreamAgent>();
  const running = new Set<Promise<void>>();
  let count = 0;

  const pass = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const received = pairsOf(request.rawHeaders);
    vault.learn(received, url);
    const headers = requestHeaders(received, method, base.host);
    const target = `${prefix}${url}`;
    const passing = new Passing(
      { id: `x${(count += 1)}`, method, url: `${base.origin}${target}`, headers, inFlight: running.size },
      vault,
      clock,
    );
    const agent = agentOf(request.socket);
    const exchange = await forward(
      request,
      reply,
      {
        agent,
        target: isForwarded ? `${base.origin}${target}` : target,
        headers: forProxy === undefined ? headers : [...headers, ['proxy-authorization', forProxy]],
        connections,
        signal: ending.signal,
      },
      passing,
    );
    options.onExchange(exchange);
  };
  const agentOf = (client: Socket): UpstreamAgent => {
    const known = agents.get(client);
    if (known !== undefined) return known;
    const agent = new UpstreamAgent(base, connecting, () => client.end());
    agents.set(client, agent);
    lingerAtEnd(client);
    client.once('close', () => agent.destroy());
    return agent;
  };
  const answer = (request: IncomingMessage, reply: ServerResponse): void => {
    if (request.url?.startsWith('/') !== true) {
      reply
        .writeHead(400, { 'content-type': 'text/plain' })
        .end('This proxy stands for one server: give its URL as base URL, not as HTTP_PROXY.\n');
      return;
    }
    const passed = pass(request, reply).finally(() => running.delete(passed));
    running.add(passed);
  };

  const server = createServer({
    maxHeaderSize: LONGEST_HEAD,
    requireHostHeader: false,
    keepAliveTimeout: 0,
    requestTimeout: 0,
    headersTimeout: 0,
  });
  server.maxHeadersCount = 0;
  // Whether to go on is the server's to say.
  server.on('request', answer).on('checkContinue', answer);
  const { port } = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0);
  const host = options.host ?? '127.0.0.1';
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    baseUrl,
    startedAt,
    now: clock,
    async close() {
      ending.abort();
      await Promise.allSettled(running);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const why = codeOf(cause) === 'EADDRINUSE' ? 'something else listens there' : reasonOf(cause);
      reject(new ConformanceError('usage', `Cannot listen on ${host}:${port}: ${why}; choose another with --port.`, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new TypeError('the proxy listens on no port'));
      else resolve(address);
    });
  });
}
