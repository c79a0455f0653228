/** `GET /health`, for whoever watches the process: load balancers, containers, scripts that wait for it. Asks for no key. */
import type { Endpoint } from '../../endpoint/index.ts';
import { splitUrl } from '../../endpoint/request.ts';
import type { Reply } from '../../endpoint/reply.ts';

/** What a healthy server says of itself. */
export interface Health {
  /** The ids of its models. */
  readonly models: readonly string[];
}

/** The endpoint, and `/health` beside it. */
export function withHealth(endpoint: Endpoint, health: () => Health): Endpoint {
  return {
    async handle(request) {
      const isAsked = splitUrl(request.url).path === '/health' && (request.method === 'GET' || request.method === 'HEAD');
      return isAsked ? healthReply(health()) : endpoint.handle(request);
    },
  };
}

function healthReply(health: Health): Reply {
  const headers = [
    ['content-type', 'application/json'],
    ['cache-control', 'no-store'],
  ] as const;
  return { kind: 'body', status: 200, headers, body: JSON.stringify({ status: 'ok', ...health }) };
}
