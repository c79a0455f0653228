/** From a probe's request to what goes on the wire: base URL, authentication, version, content type, and the headers that a probe replaces. */
import { createHash } from 'node:crypto';
import type { AuthStyle, RawHeader } from '../spec/index.ts';
import type { ProbeRequest } from '../suites/model/probe.ts';
import type { WireRequest } from './wire/index.ts';

export interface Addressee {
  readonly baseUrl: string;
  readonly auth: AuthStyle;
  readonly apiKey: string | undefined;
  readonly apiVersion: string;
  /** From the options and the profile. */
  readonly headers: readonly RawHeader[];
  readonly userAgent: string;
}

/** A key that no server gave out; of a length that passes for one. */
export const wrongKey = 'sk-wrong-key-sent-to-see-it-refused-0000000000';

export function wireRequest(request: ProbeRequest, addressee: Addressee): WireRequest {
  const body = bodyOf(request);
  const headers: RawHeader[] = [
    ['accept', 'application/json'],
    ['user-agent', addressee.userAgent],
    ['anthropic-version', addressee.apiVersion],
    ...(body === undefined ? [] : [['content-type', 'application/json'] as const]),
    ...authHeaders(request, addressee),
  ];
  const merged = [
    ...without(
      headers,
      addressee.headers.map(([name]) => name),
    ),
    ...addressee.headers,
  ];
  const own = Object.entries(request.headers ?? {});
  const rest = without(
    merged,
    own.map(([name]) => name),
  );
  const added = own.flatMap(([name, value]): RawHeader[] => (value === null ? [] : [[name, value]]));
  return {
    method: request.method,
    url: addressee.baseUrl + request.path,
    headers: [...rest, ...added],
    ...(body === undefined ? {} : { body }),
  };
}

/** Two sends are the same where this text is. A hash, because it is kept for the whole run, and some bodies are megabytes. */
export function sendingKey({ method, url, headers, body }: WireRequest): string {
  const hash = createHash('sha256').update(JSON.stringify([method, url, headers, body?.length]));
  return (body === undefined ? hash : hash.update(body)).digest('base64');
}

function bodyOf({ json, raw }: ProbeRequest): Uint8Array | undefined {
  if (raw !== undefined) return typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
  return json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json));
}

function inOwnHeader(key: string): RawHeader {
  return ['x-api-key', key];
}

function authHeaders({ auth = 'run' }: ProbeRequest, addressee: Addressee): readonly RawHeader[] {
  if (auth === 'none') return [];
  const key = auth === 'wrong' ? wrongKey : addressee.apiKey;
  if (key === undefined) return [];
  const asBearer = (scheme = 'Bearer'): RawHeader => ['authorization', `${scheme} ${key}`];
  const style = auth === 'run' ? addressee.auth : auth === 'wrong' ? (addressee.auth === 'none' ? 'both' : addressee.auth) : auth;
  switch (style) {
    case 'none':
      return [];
    case 'x-api-key':
      return [inOwnHeader(key)];
    case 'bearer':
      return [asBearer()];
    case 'bearer-lowercase':
      return [asBearer('bearer')];
    case 'both':
      return [inOwnHeader(key), asBearer()];
    case 'bearer-beside-wrong':
      return [inOwnHeader(wrongKey), asBearer()];
  }
}

function without(headers: readonly RawHeader[], names: readonly string[]): readonly RawHeader[] {
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return headers.filter(([name]) => !gone.has(name.toLowerCase()));
}
