/** Which endpoint a path and method mean. https://platform.claude.com/docs/en/api/overview */
import { ApiError } from './errors.ts';

export type Route = { readonly name: 'messages' | 'count-tokens' | 'models-list' } | { readonly name: 'models-get'; readonly id: string };

const postRoutes: Readonly<Record<string, 'messages' | 'count-tokens'>> = {
  '/v1/messages': 'messages',
  '/v1/messages/count_tokens': 'count-tokens',
};

/** Claude Code asks these at start-up, without credentials, to see whether somebody is there. */
const probePaths = new Set(['/', '/api/hello']);

export function isProbe(method: string, path: string): boolean {
  return method === 'HEAD' && probePaths.has(path);
}

/** The route; throws a 404 for an unknown path and a 405 for a wrong method. HEAD counts as GET. */
export function findRoute(method: string, path: string): Route {
  const post = Object.hasOwn(postRoutes, path) ? postRoutes[path] : undefined;
  if (post !== undefined) {
    requireMethod(method, path, ['POST']);
    return { name: post };
  }
  if (path === '/v1/models') {
    requireMethod(method, path, ['GET', 'HEAD']);
    return { name: 'models-list' };
  }
  if (path.startsWith('/v1/models/') && path !== '/v1/models/') {
    requireMethod(method, path, ['GET', 'HEAD']);
    return { name: 'models-get', id: decodeId(path.slice('/v1/models/'.length)) };
  }
  throw notFound(method, path);
}

function requireMethod(method: string, path: string, allowed: readonly string[]): void {
  if (allowed.includes(method)) return;
  throw new ApiError('invalid_request_error', `${method} is not allowed on ${path}; use ${allowed.join(' or ')}.`, {
    status: 405,
    headers: { allow: allowed.join(', ') },
  });
}

/** Slashes may come encoded (`org%2Fmodel`, as the SDK sends them) or bare. */
function decodeId(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ApiError('invalid_request_error', `The model id "${encoded}" is not valid percent-encoding.`);
  }
}

function notFound(method: string, path: string): ApiError {
  // Clients append /v1 themselves, so a base URL that ends in /v1 is the commonest wrong setting.
  const hint = path.startsWith('/v1/v1/')
    ? 'The path has /v1 twice: set the base URL without /v1.'
    : 'Known: POST /v1/messages, POST /v1/messages/count_tokens, GET /v1/models, GET /v1/models/{id}.';
  return new ApiError('not_found_error', `There is nothing at ${method} ${path}. ${hint}`);
}
