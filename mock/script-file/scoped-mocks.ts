/** One server for many tests: each value of `x-mock-scope` has a mock of its own, with the whole script before it. */
import type { Endpoint, EndpointRequest } from '../../endpoint/index.ts';
import type { Mock } from '../create-mock.ts';

export interface ScopedMocks extends Endpoint {
  /** The mock of a scope, without opening it; of the requests without a scope, where none is named. */
  find(scope: string | undefined): Mock | undefined;
  /** Begins a scope anew: the script from its beginning, an empty journal. Without a scope, all of them. */
  reset(scope: string | undefined): void;
}

const scopeHeader = 'x-mock-scope';

/**
 * @param make a mock with its script, for the requests without the header and for every scope.
 * @param limit scopes that are kept; of more, the one that nobody asked for the longest begins anew when it is asked again.
 */
export function scopedMocks(make: () => Mock, limit = 1000): ScopedMocks {
  const scopes = new Map<string, Mock>();
  let unscoped = make();

  /** The mock of a scope, which is now the youngest. */
  function open(scope: string): Mock {
    const mock = scopes.get(scope) ?? make();
    scopes.delete(scope);
    scopes.set(scope, mock);
    const [oldest] = scopes.keys();
    if (scopes.size > limit && oldest !== undefined) scopes.delete(oldest);
    return mock;
  }

  return {
    handle(request) {
      const scope = scopeOf(request);
      return scope === undefined ? unscoped.handle(request) : open(scope).handle(withoutScope(request));
    },
    find: (scope) => (scope === undefined ? unscoped : scopes.get(scope)),
    reset(scope) {
      if (scope === undefined) {
        scopes.clear();
        unscoped = make();
      } else scopes.delete(scope);
    },
  };
}

/** The scope that a request names. */
export function scopeOf({ headers }: EndpointRequest): string | undefined {
  for (const [name, value] of headers) if (isScopeHeader(name)) return value;
  return undefined;
}

/** The mock would open a scope within the scope. */
function withoutScope(request: EndpointRequest): EndpointRequest {
  return { ...request, headers: [...request.headers].filter(([name]) => !isScopeHeader(name)) };
}

function isScopeHeader(name: string): boolean {
  return name.length === scopeHeader.length && name.toLowerCase() === scopeHeader;
}
