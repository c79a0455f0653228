/** Lets web pages of named origins ask. Without it no page can read an answer. https://fetch.spec.whatwg.org/#http-cors-protocol */
import type { Endpoint } from '../../endpoint/index.ts';
import { headerMap, type HeaderMap } from '../../endpoint/request.ts';
import type { Reply } from '../../endpoint/reply.ts';
import type { RawHeader } from '../../spec/index.ts';

/** The endpoint for pages of these origins, `*` for any. */
export function withCors(endpoint: Endpoint, origins: readonly string[]): Endpoint {
  return {
    async handle(request) {
      const headers = headerMap(request.headers);
      const origin = headers.get('origin');
      if (origin === undefined || !(origins.includes('*') || origins.includes(origin))) return endpoint.handle(request);
      if (request.method === 'OPTIONS' && headers.has('access-control-request-method')) return preflightReply(origin, headers);
      const reply = await endpoint.handle(request);
      return { ...reply, headers: [...reply.headers, ...allowed(origin), ['access-control-expose-headers', 'request-id, retry-after']] };
    },
  };
}

function allowed(origin: string): readonly RawHeader[] {
  return [
    ['access-control-allow-origin', origin],
    ['vary', 'origin'],
  ];
}

function preflightReply(origin: string, headers: HeaderMap): Reply {
  const wanted = headers.get('access-control-request-headers');
  const all: RawHeader[] = [
    ...allowed(origin),
    ['access-control-allow-methods', 'GET, POST'],
    ['access-control-max-age', '600'],
    ...(wanted === undefined ? [] : [['access-control-allow-headers', wanted] as const]),
  ];
  return { kind: 'body', status: 204, headers: all, body: '' };
}
