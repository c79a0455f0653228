/** A server for one test, and clients of it that speak in bytes. */
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Backend } from '../backend.ts';
import { createEndpoint, type EndpointOptions } from '../endpoint.ts';
import type { Frame, Reply, StreamEnding } from '../reply.ts';
import { hello, scripted } from '../scripted.fixture.ts';
import { listen, type ListenOptions, type RunningServer } from './server.ts';

export const headers: Readonly<Record<string, string>> = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };

export async function serve(
  backend: Backend = scripted(() => hello),
  options: ListenOptions & EndpointOptions = {},
): Promise<RunningServer> {
  const server = await listen(createEndpoint(backend, options), options);
  onTestFinished(() => server.close());
  return server;
}

export function post(server: RunningServer, value: unknown, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(value), ...init });
}

/** A connection that says what it is told and remembers what it heard. */
export interface Wire {
  readonly socket: Socket;
  readonly heard: () => string;
  /** Resolves when the text has been heard. */
  until(text: string): Promise<void>;
  /** How it ended: in order, or broken. */
  readonly closed: Promise<'end' | 'reset'>;
}

export function dial(server: RunningServer): Wire {
  const socket = connect(server.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let heard = '';
  let isBroken = false;
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => (isBroken = true));
  return {
    socket,
    heard: () => heard,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!heard.includes(text)) return;
          socket.off('data', look);
          resolve();
        };
        socket.on('data', look).once('close', () => reject(new Error(`closed before "${text}": ${heard}`)));
        look();
      }),
    closed: new Promise((resolve) => {
      socket.once('close', () => resolve(isBroken ? 'reset' : 'end'));
    }),
  };
}

/** Of a POST with a body of that length, or framed as the line says. */
export function head(length: number | string, path = '/v1/messages'): string {
  const lines = [`POST ${path} HTTP/1.1`, 'host: x', 'anthropic-version: 2023-06-01', 'content-type: application/json'];
  return `${[...lines, typeof length === 'number' ? `content-length: ${length}` : length].join('\r\n')}\r\n\r\n`;
}

export function framesReply(frames: readonly Frame[], ending: StreamEnding): Reply {
  async function* play(): AsyncGenerator<Frame, StreamEnding> {
    yield* frames;
    return ending;
  }
  return { kind: 'stream', status: 200, headers: [['content-type', 'text/event-stream']], frames: play() };
}
