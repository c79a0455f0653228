/** Servers on a loopback port for tests, and a recorder that closes with its test. */
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Exchange } from '../../spec/record/index.ts';
import type { CertificateFixture } from './certificate.fixture.ts';
import { createRecorder, type Recorded, type Recorder, type RecorderOptions, type WireOptions, type WireRequest } from './recorder.ts';

export interface Loopback extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
}

/** Gives each connection to `serve` when its first bytes have come; `requests` counts what came on this connection. */
export function rawServer(serve: (socket: Socket, received: Buffer, requests: number) => void): Promise<Loopback> {
  return listening(createServer((socket) => serveOn(socket, serve)));
}

/** The same behind TLS, with one answer; it would rather speak HTTP/2. */
export function tlsServer(certificate: CertificateFixture, answer: string, onSecure?: (socket: TLSSocket) => void): Promise<Loopback> {
  return listening(
    createTlsServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
      onSecure?.(socket);
      serveOn(socket, () => socket.write(answer));
    }),
  );
}

/** Does something to a connection as soon as it is made. */
export function connectionServer(onConnection: (socket: Socket) => void): Promise<Loopback> {
  return listening(
    createServer((socket) => {
      socket.on('error', () => undefined);
      onConnection(socket);
    }),
  );
}

export function httpServer(listener: RequestListener): Promise<Loopback> {
  return listening(createHttpServer(listener));
}

/** Writes these bytes as the answer to every request, and ends the connection if asked. */
export function answering(bytes: string | Buffer, then: 'end' | 'keep' = 'keep'): Promise<Loopback> {
  return rawServer((socket) => {
    socket.write(bytes);
    if (then === 'end') socket.end();
  });
}

/** A recorder for one test. */
export function recorder(options: RecorderOptions = {}): Recorder & AsyncDisposable {
  const made = createRecorder(options);
  return { ...made, [Symbol.asyncDispose]: () => made.close() };
}

/** `POST /v1/messages` with an empty object. */
export function post(url: string, headers: WireRequest['headers'] = []): WireRequest {
  return {
    method: 'POST',
    url: `${url}/v1/messages`,
    headers: [['content-type', 'application/json'], ...headers],
    body: Buffer.from('{}'),
  };
}

/** What is recorded of one POST to a server, which is closed afterwards. */
export async function recordOf(server: Promise<Loopback>, options: RecorderOptions & WireOptions = {}): Promise<Recorded> {
  await using target = await server;
  await using wire = recorder(options);
  return await wire.send(post(target.url), options);
}

/** Ending, sentence, status and body as text: what most tests are about. */
export function summaryOf({ ended, problem, response }: Exchange): readonly unknown[] {
  return [ended, problem, response?.status, response?.body.kind === 'text' ? response.body.text : response?.body.kind];
}

function serveOn(socket: Socket, serve: (socket: Socket, received: Buffer, requests: number) => void): void {
  let requests = 0;
  socket.on('error', () => undefined).on('data', (received) => serve(socket, received, (requests += 1)));
}

/** Where a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address.port;
}

async function listening(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const port = portOf(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<unknown>();
      server.close(closed.resolve);
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
  };
}
