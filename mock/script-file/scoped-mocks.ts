/** One server for many tests: each value of `x-mock-scope` has a mock of its own, with the whole script before it. */
import type { Endpoint } from '../../endpoint/index.ts';
import { createFamily, type Family } from '../family.ts';
import type { Mock, MockOptions } from '../mock-types.ts';
import type { MockScript } from './read-script.ts';

export interface ScopedMocks extends Endpoint, Pick<Mock, 'models'>, Pick<Family, 'find' | 'reset'> {}

/** The script is run again for each scope, so that what its functions remember is the scope's own too. The faults it asks for are the server's. */
export function scopedMocks(options: MockOptions, script?: MockScript, limit = 1000): ScopedMocks {
  const family = createFamily(options, { script, limit });
  return {
    models: family.mock.models,
    handle: handlerOf(family.mock, script?.faults ?? []),
    find: (scope) => family.find(scope),
    reset: (scope) => family.reset(scope),
  };
}

/** The catalogue of faults is large: it is loaded where one is named. */
function handlerOf(mock: Mock, faults: readonly string[]): Endpoint['handle'] {
  if (faults.length === 0) return (request) => mock.handle(request);
  const faulty = import('../faults/index.ts').then(({ withKnownFaults }) => withKnownFaults(mock, ...faults));
  // Whoever asks is told; until then nobody waits for it.
  faulty.catch(() => undefined);
  return async (request) => (await faulty).handle(request);
}
