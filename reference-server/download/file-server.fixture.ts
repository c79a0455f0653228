/** A loopback server of model files that does what a test wants to see go wrong, and remembers what it was asked. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedFile {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export type FileHandler = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

export interface FileServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly asked: readonly AskedFile[];
}

/** @param routes By path without query; anything else is a 404. */
export async function startFileServer(routes: Readonly<Record<string, FileHandler>>): Promise<FileServer> {
  const asked: AskedFile[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const attempt = (attempts.get(path) ?? 0) + 1;
    attempts.set(path, attempt);
    asked.push({ path: request.url ?? '', headers: request.headers });
    const handler = routes[path];
    if (handler === undefined) response.writeHead(404).end('Entry not found');
    else handler(request, response, attempt);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A file as a well-behaved server sends it: with ranges, as long as its ETag is the one that the client knows. */
export function file(bytes: Uint8Array, etag = '"one"'): FileHandler {
  return (request, response) => {
    const from = rangeStart(request, etag) ?? 0;
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { etag, 'content-length': bytes.length - from, ...range });
    response.end(bytes.subarray(from));
  };
}

/** The same, but at its first request the connection breaks after so many bytes. */
export function breaking(bytes: Uint8Array, after: number, etag?: string): FileHandler {
  const whole = file(bytes, etag);
  return (request, response, attempt) => {
    if (attempt > 1) {
      whole(request, response, attempt);
      return;
    }
    response.writeHead(200, { etag: etag ?? '"one"', 'content-length': bytes.length });
    response.write(bytes.subarray(0, after), () => response.destroy());
  };
}

export function status(code: number, body = 'no', headers: Readonly<Record<string, string>> = {}): FileHandler {
  return (_request, response) => void response.writeHead(code, headers).end(body);
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): FileHandler {
  return status(200, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

/** An entry of a repository's listing. */
export function entry(path: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const oid = createHash('sha256').update(bytes).digest('hex');
  return { type: 'file', path, oid: 'git', size: bytes.length, lfs: { oid, size: bytes.length, pointerSize: 130 } };
}

function rangeStart({ headers }: IncomingMessage, etag: string): number | undefined {
  if (headers['if-range'] !== undefined && headers['if-range'] !== etag) return undefined;
  const start = /^bytes=(\d+)-$/u.exec(headers.range ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}
