/** An engine on a loopback port that answers what a test tells it to, and answers whose bytes are changed by a seeded chance. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { anyValues, type Random } from './hostile-values.fixture.ts';

/** What an engine puts on the wire. */
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly Uint8Array[];
  readonly ending: 'end' | 'reset' | 'silence';
}

export interface HostileEngine extends AsyncDisposable {
  readonly url: string;
  /** What it answers until it is told otherwise, by path. */
  answers: (path: string, body: string) => Said;
}

export async function startHostileEngine(): Promise<HostileEngine> {
  const server = createServer((request, response) => void serve(request, response));
  const engine: HostileEngine = {
    url: '',
    answers: () => said(jsonType, ['{}']),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece);
    response.on('error', () => undefined);
    const { status, headers, pieces: sent, ending } = engine.answers(request.url ?? '', Buffer.concat(pieces).toString());
    response.writeHead(status, headers);
    for (const piece of sent) response.write(piece);
    if (ending === 'end') response.end();
    if (ending === 'reset') response.write('', () => response.socket?.resetAndDestroy());
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(engine, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
}

export const jsonType = 'application/json';
export const streamType = 'text/event-stream; charset=utf-8';

export function said(type: string, texts: readonly string[], status = 200): Said {
  return { status, headers: type === '' ? {} : { 'content-type': type }, pieces: texts.map((text) => Buffer.from(text)), ending: 'end' };
}

/** Errors in the forms that engines have for them, and in some that none has. */
const errors: readonly unknown[] = [
  { error: { message: 'CUDA out of memory', code: 500 } },
  { error: { message: { toString: 1 }, code: { toString: 1 } } },
  { error: { message: 'gone', code: [503] } },
  { error: 'x'.repeat(100_000) },
  { error: [] },
  { error: {} },
  { error: '', code: 450.5 },
  { object: 'error', message: ['\uD800'], code: '1e3' },
  { error: { message: JSON.parse('['.repeat(500) + ']'.repeat(500)) } },
  { detail: [{ loc: ['body'], msg: 'field required' }] },
];

/** One of the errors, half of them with other values in them. */
export function hostileError(random: Random): unknown {
  const error = oneOf(errors, random);
  return random() < 0.5 ? error : anyValues(random, 0.4)(error);
}

/** The bytes of an answer: cut, glued, with other line ends, another type, another status. */
export function bytesChanged(sound: Said, random: Random): Said {
  if (random() < 0.5) return sound;
  return oneOf(damages, random)(sound, random);
}

const damages: readonly ((sound: Said, random: Random) => Said)[] = [
  (sound, random) => {
    const all = Buffer.concat(sound.pieces);
    return {
      ...sound,
      pieces: [all.subarray(0, Math.floor(random() * all.length))],
      ending: random() < 0.1 ? 'silence' : oneOf(['end', 'reset'], random),
    };
  },
  (sound) => textChanged(sound, (text) => text.replaceAll('\n', '\r\n')),
  (sound) => textChanged(sound, (text) => text.replaceAll('\n', '\r')),
  (sound) => textChanged(sound, (text) => text.replaceAll('\n\n', '\n')),
  (sound) => textChanged(sound, (text) => `\uFEFF${text}`),
  (sound) => textChanged(sound, (text) => text.replaceAll('data: ', 'data:')),
  (sound) => textChanged(sound, (text) => `${text}data: ${'x'.repeat(2_000_000)}`),
  (sound, random) => {
    const all = Uint8Array.from(Buffer.concat(sound.pieces));
    all[Math.floor(random() * all.length)] = Math.floor(random() * 256);
    return { ...sound, pieces: [all] };
  },
  (sound, random) => {
    const all = Buffer.concat(sound.pieces);
    const step = 1 + Math.floor(random() * 7);
    return { ...sound, pieces: Array.from({ length: Math.ceil(all.length / step) }, (_, at) => all.subarray(at * step, at * step + step)) };
  },
  (sound, random) => ({
    ...sound,
    headers: {
      'content-type': oneOf(['text/html', 'text/plain', jsonType, streamType, 'toString', 'application/json; charset=x'], random),
    },
  }),
  (sound) => ({ ...sound, headers: {} }),
  () => said('text/html; charset=utf-8', ['<!doctype html><title>It works!</title>']),
  (sound) => ({ ...sound, headers: { ...sound.headers, 'content-encoding': 'gzip' }, pieces: [gzipSync(Buffer.concat(sound.pieces))] }),
  (sound, random) => ({ ...sound, status: oneOf(statuses, random) }),
  (sound, random) => ({ ...said(jsonType, [JSON.stringify(hostileError(random))], oneOf(statuses, random)), ending: 'end' }),
  (sound, random) => ({
    ...sound,
    status: oneOf(statuses, random),
    headers: { 'retry-after': oneOf(['7', '-1', '\u00E9', 'soon', '9'.repeat(400), 'Sat, 21 Nov 2026 00:00:00 GMT'], random) },
  }),
];

const statuses = [201, 203, 206, 299, 300, 301, 308, 402, 404, 407, 418, 429, 431, 451, 499, 500, 502, 503, 504, 511, 520, 599, 600, 999];

function textChanged(sound: Said, change: (text: string) => string): Said {
  return { ...sound, pieces: [Buffer.from(change(Buffer.concat(sound.pieces).toString()))] };
}

export function oneOf<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)] as T;
}
