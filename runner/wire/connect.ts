/** Opens sockets: directly, through a proxy's tunnel, with TLS. HTTP/1.1 is all that is offered. */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates } from 'node:tls';
import { ConnectError, connectProblem } from './problem.ts';
import { basicCredentials } from './proxy.ts';

/** Imports of these would read all that they export, WebSocket too, and so load the whole of Node's own fetch: 30 ms of a start. */
const { request: httpRequest } = process.getBuiltinModule('node:http');
const { request: httpsRequest } = process.getBuiltinModule('node:https');

export interface ConnectOptions {
  /** Goes through this proxy: a tunnel for https, and for http the proxy itself, which then expects absolute URLs. */
  readonly proxy: URL | undefined;
  /** PEM certificates to trust besides the well-known ones. */
  readonly ca: string | undefined;
  /** Trust any certificate. */
  readonly insecure: boolean;
  /** Give up after that many milliseconds. */
  readonly timeoutMs: number;
}

/** A connected socket for `origin`. @throws ConnectError with a sentence for people. */
export async function connect(origin: URL, options: ConnectOptions): Promise<Socket> {
  const { proxy } = options;
  if (origin.protocol !== 'https:') return direct(proxy ?? origin, options);
  return proxy === undefined ? direct(origin, options) : secured(origin, options, await tunnel(proxy, origin, options));
}

function direct(origin: URL, options: ConnectOptions): Promise<Socket> {
  if (origin.protocol === 'https:') return secured(origin, options);
  const socket = connectTcp({ host: hostOf(origin), port: portOf(origin), noDelay: true, keepAlive: true });
  return opened(socket, 'connect', origin, options.timeoutMs);
}

function secured(origin: URL, { ca, insecure, timeoutMs }: ConnectOptions, tunnelled?: Socket): Promise<Socket> {
  const host = hostOf(origin);
  const socket = connectTls({
    ...(tunnelled === undefined ? { host, port: portOf(origin) } : { socket: tunnelled }),
    // A server name must not be an address: https://www.rfc-editor.org/rfc/rfc6066#section-3
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !insecure,
    ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }),
  });
  socket.setNoDelay(true);
  return opened(socket, 'secureConnect', origin, timeoutMs);
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
function tunnel(proxy: URL, origin: URL, { ca, insecure, timeoutMs }: ConnectOptions): Promise<Socket> {
  const credentials = basicCredentials(proxy);
  const authority = `${origin.hostname}:${portOf(origin)}`;
  const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
    host: hostOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(credentials !== undefined && { 'proxy-authorization': credentials }) },
    agent: false,
    timeout: timeoutMs,
    rejectUnauthorized: !insecure,
    ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }),
  });
  return new Promise((resolve, reject) => {
    request
      .on('connect', ({ statusCode }, socket: Socket) => {
        if (statusCode === 200) return resolve(socket);
        socket.destroy();
        return reject(new ConnectError(`The proxy ${proxy.host} answered ${statusCode} when asked for a tunnel to ${authority}.`));
      })
      .on('response', ({ statusCode }) => {
        request.destroy();
        reject(new ConnectError(`The proxy ${proxy.host} answered ${statusCode} when asked for a tunnel to ${authority}.`));
      })
      .on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
      .on('error', (cause) => reject(new ConnectError(`Proxy: ${connectProblem(cause, proxy.host)}`, { cause })))
      .end();
  });
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', origin: URL, timeoutMs: number): Promise<Socket> {
  const host = `${origin.hostname}:${portOf(origin)}`;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })), timeoutMs);
    socket
      // Stays for good: an error before anybody else listens must not end the process.
      .on('error', (cause) => {
        clearTimeout(timer);
        reject(new ConnectError(connectProblem(cause, host), { cause }));
      })
      .once(event, () => {
        clearTimeout(timer);
        resolve(socket);
      });
  });
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.+)\]$/, '$1');
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
