/** Passes a request on to the server that is being recorded: over node:http, since `fetch` would hide how the bytes came. */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import type { Gunzip } from 'node:zlib';
import type { RawHeader } from '../../../spec/index.ts';
import type { Asked } from '../asked.ts';
import { isBodyless } from '../make-recording.ts';
import { RecordingError } from '../recording.ts';

export interface UpstreamResponse {
  readonly status: number;
  /** Without those that are between two neighbours only. */
  readonly headers: readonly RawHeader[];
  readonly body: Readable;
}

/** Headers of one connection, RFC 9110 section 7.6.1, and of one framing: whoever writes the next hop makes its own. */
const hopHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
]);

/** What the request must not take along: the upstream has another name, text is recorded uncompressed, the scope is the mock's business. */
const ownHeaders = new Set(['host', 'accept-encoding', 'expect', 'x-mock-scope']);

/**
 * The base URL of the upstream, without a trailing slash or `/v1`.
 * @throws RecordingError
 */
export function readUpstream(text: string): URL {
  const url = URL.parse(text);
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new RecordingError('The upstream must be a URL of a server without credentials or query, like https://api.anthropic.com.');
  }
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return url;
}

/** Sends the request and resolves with the head of the response. Rejects where there is none. Aborting the signal ends both. */
export function askUpstream(upstream: URL, asked: Asked, signal: AbortSignal | undefined): Promise<UpstreamResponse> {
  // An import would load Node's own fetch with them, 9 MB, in every mock that listens on a port and records nothing.
  const { request: send } = process.getBuiltinModule(upstream.protocol === 'https:' ? 'node:https' : 'node:http');
  const bytes = Buffer.from(asked.bytes);
  return new Promise((resolve, reject) => {
    const outgoing = send(
      {
        hostname: upstream.hostname.replace(/^\[|\]$/g, ''),
        port: upstream.port,
        path: upstream.pathname.replace(/\/$/, '') + asked.target,
        method: asked.method,
        headers: outgoingHeaders(upstream, asked, bytes.length).flat(),
        // A connection of its own: one that the upstream has just closed would look like a broken exchange.
        agent: false,
        ...(signal && { signal }),
      },
      (incoming) => {
        const { statusCode = 0 } = incoming;
        if (statusCode >= 200 && statusCode <= 599) resolve(readHead(incoming));
        else outgoing.destroy(new Error(`status ${statusCode}`));
      },
    );
    outgoing.on('error', reject);
    // Without an error where the upstream wants to speak another protocol (101).
    outgoing.on('close', () => reject(new Error('the connection was closed')));
    outgoing.end(bytes);
  });
}

function outgoingHeaders(upstream: URL, { headers, method }: Asked, length: number): RawHeader[] {
  const kept = headers.filter(([name]) => !hopHeaders.has(name.toLowerCase()) && !ownHeaders.has(name.toLowerCase()));
  const framing: RawHeader[] = length > 0 || method === 'POST' ? [['content-length', String(length)]] : [];
  return [['host', upstream.host], ...kept, ['accept-encoding', 'identity'], ...framing];
}

function readHead(incoming: IncomingMessage): UpstreamResponse {
  const { statusCode: status = 502 } = incoming;
  // Where there is no body, there is nothing to undo.
  const decoder = isBodyless(status) ? undefined : decodersFor(incoming.headers['content-encoding'] ?? '');
  const headers: RawHeader[] = [];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? '';
    const isDropped = hopHeaders.has(name.toLowerCase()) || (decoder !== undefined && name.toLowerCase() === 'content-encoding');
    if (!isDropped) headers.push([name, incoming.rawHeaders[index + 1] ?? '']);
  }
  // Errors of either stream reach the reader of the last one.
  const body =
    decoder === undefined ? incoming : decoder.reduce<Readable>((coded, next) => pipeline(coded, next, () => undefined), incoming);
  return { status, headers, body };
}

/** Codings that one body may have; a longer list is no server's. */
const mostCodings = 3;

/** What undoes the codings, the last one first; undefined where one of them is unknown, or there is none. */
function decodersFor(codings: string): readonly Gunzip[] | undefined {
  const names = codings
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const makers = names.map((name) => decoders.get(name)).filter((make) => make !== undefined);
  if (names.length === 0 || makers.length < names.length || names.length > mostCodings) return undefined;
  return makers.toReversed().map((make) => make());
}

/** For servers that compress although they were asked not to. */
const decoders: ReadonlyMap<string, () => Gunzip> = new Map([
  ['gzip', () => process.getBuiltinModule('node:zlib').createGunzip()],
  // The same, RFC 9110 section 8.4.1.3.
  ['x-gzip', () => process.getBuiltinModule('node:zlib').createGunzip()],
  ['deflate', () => process.getBuiltinModule('node:zlib').createInflate()],
  ['br', () => process.getBuiltinModule('node:zlib').createBrotliDecompress()],
  ['zstd', () => process.getBuiltinModule('node:zlib').createZstdDecompress()],
]);
