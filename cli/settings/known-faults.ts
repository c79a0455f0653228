/** `--fault ID`, repeatable: what puts those faults into a server. Loaded only where one is named. */
import type { Endpoint } from '../../endpoint/index.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import type { Flags } from './given.ts';
import { parseList } from './parse.ts';

/** @returns undefined where no fault is named. @throws UsageError for an id that no fault has. */
export async function faultsOf({ fault }: Flags): Promise<((endpoint: Endpoint) => Endpoint) | undefined> {
  if (typeof fault !== 'object') return undefined;
  const ids = fault.flatMap(parseList);
  const { knownFaults, withKnownFaults } = await import('../../mock/faults/index.ts');
  const known = knownFaults.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known);
    throw new UsageError(`There is no fault "${unknown}"${hint === '' ? '; "conformance faults" lists them.' : hint}`);
  }
  return (endpoint) => withKnownFaults(endpoint, ...ids);
}
