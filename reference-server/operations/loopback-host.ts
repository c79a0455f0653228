/**
 * Refuses requests that were meant for another host. A web page can make its own name point to 127.0.0.1 (DNS rebinding) and then talk to
 * local servers as if they were its own; what gives it away is the Host header.
 */
import { ApiError, createIds, type Endpoint } from '../../endpoint/index.ts';
import { errorReply } from '../../endpoint/json-reply.ts';
import { headerMap } from '../../endpoint/request.ts';

/** The endpoint, for requests whose Host is a name of this machine's loopback. Others get a 403. */
export function onlyForLoopback(endpoint: Endpoint): Endpoint {
  const ids = createIds();
  return {
    async handle(request) {
      const host = headerMap(request.headers).get('host');
      if (host === undefined || isLoopbackName(host)) return endpoint.handle(request);
      const message = 'This server answers requests for localhost only. Start it with --host to serve other names.';
      return errorReply(new ApiError('permission_error', message), ids.request());
    },
  };
}

const loopbackNames = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:127(?:\.\d{1,3}){3}\])\.?(?::\d{1,5})?$/iu;

/** `localhost:8642` and its like. RFC 6761, section 6.3: every name under `localhost` is the loopback. */
export function isLoopbackName(host: string): boolean {
  return loopbackNames.test(host);
}
