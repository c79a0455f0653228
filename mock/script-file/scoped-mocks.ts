/** One server for many tests: each value of `x-mock-scope` has a mock of its own, with the whole script before it. */
import type { Endpoint } from '../../endpoint/index.ts';
import type { Mock } from '../create-mock.ts';
import { scopeKey, Scopes, withoutScope } from '../scopes.ts';

export interface ScopedMocks extends Endpoint {
  /** The mock of a scope, without opening it; of the requests without a scope, where none is named. */
  find(scope: string | undefined): Mock | undefined;
  /** Begins a scope anew: the script from its beginning, an empty journal. Without a scope, all of them. */
  reset(scope: string | undefined): void;
}

/**
 * The script is run again for each scope, so that what its functions remember is the scope's own too.
 *
 * @param make a mock with its script, for the requests without the header and for every scope.
 * @param limit scopes that are kept.
 */
export function scopedMocks(make: () => Mock, limit?: number): ScopedMocks {
  const scopes = new Scopes(limit);
  let unscoped = make();
  return {
    handle(request) {
      const scope = scopeKey(request.headers);
      return scope === undefined ? unscoped.handle(request) : scopes.get(scope, make).handle(withoutScope(request));
    },
    find: (scope) => (scope === undefined ? unscoped : scopes.find(scope)),
    reset(scope) {
      if (scope === undefined) {
        scopes.clear();
        unscoped = make();
      } else scopes.delete(scope);
    },
  };
}
