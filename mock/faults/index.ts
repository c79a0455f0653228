/** Servers that are wrong in known ways, for tests of clients: the entry `messages-conformance/mock/faults`. */
import { createFetch, type Endpoint } from '../../endpoint/index.ts';
import { nearestName } from '../script/nearest.ts';
import { knownFaults } from './catalogue.ts';
import type { KnownFault } from './fault.ts';
import { inject } from './inject.ts';

export { knownFaults } from './catalogue.ts';
export type { FaultLayer, KnownFault } from './fault.ts';
export { personas, withPersona, type Persona, type Trait } from '../personas/index.ts';

/** An endpoint with faults in it. */
export interface FaultyEndpoint extends Endpoint {
  /** A `fetch` that asks it: `new Anthropic({ apiKey: 'test', fetch: faulty.fetch })`. */
  readonly fetch: typeof fetch;
}

/**
 * The same endpoint, a mock or any other, with known faults in it; the first named acts nearest to the server. Put it on a port with
 * `listen`, or give its `fetch` to a client. The journal of a mock inside shows what the mock itself said.
 *
 * @throws RangeError for an id that no fault has.
 */
export function withKnownFaults(endpoint: Endpoint, ...ids: readonly string[]): FaultyEndpoint {
  const faulty = inject(endpoint, ids.map(known));
  return { handle: (request) => faulty.handle(request), fetch: createFetch(faulty) };
}

function known(id: string): KnownFault {
  const found = knownFaults.find((fault) => fault.id === id);
  if (found !== undefined) return found;
  const nearest = nearestName(
    id,
    knownFaults.map((fault) => fault.id),
  );
  throw new RangeError(
    `There is no fault "${id}"${nearest === undefined ? '; "conformance faults" lists them.' : `; did you mean ${nearest}?`}`,
  );
}
