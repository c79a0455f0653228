/** One server for many tests: each value of `x-mock-scope` has a mock of its own, with the whole script before it. */
import type { Endpoint } from '../../endpoint/index.ts';
import { createFamily, type Family, type FamilyOptions } from '../family.ts';
import type { MockOptions } from '../mock-types.ts';

export interface ScopedMocks extends Endpoint, Pick<Family, 'find' | 'reset'> {}

/** The script is run again for each scope, so that what its functions remember is the scope's own too. */
export function scopedMocks(options: MockOptions, script?: FamilyOptions['script'], limit = 1000): ScopedMocks {
  const family = createFamily(options, { script, limit });
  return {
    handle: (request) => family.mock.handle(request),
    find: (scope) => family.find(scope),
    reset: (scope) => family.reset(scope),
  };
}
