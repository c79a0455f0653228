/** `--fault ID`, repeatable, and `--persona NAME`: what puts those faults into a server. Loaded only where one is named. */
import type { Endpoint } from '../../endpoint/index.ts';
import { programName } from '../hints.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import type { Flags } from './given.ts';
import { parseList } from './parse.ts';

type Wrap = (endpoint: Endpoint) => Endpoint;

/** @returns undefined where neither is named. @throws UsageError for a fault or a persona that there is not. */
export async function faultsOf({ fault, persona }: Flags): Promise<Wrap | undefined> {
  const wraps: Wrap[] = [];
  if (typeof persona === 'string') wraps.push(await personaNamed(persona));
  if (typeof fault === 'object') wraps.push(await faultsNamed(fault.flatMap(parseList)));
  return wraps.length === 0 ? undefined : (endpoint) => wraps.reduce((inner, wrap) => wrap(inner), endpoint);
}

async function faultsNamed(ids: readonly string[]): Promise<Wrap> {
  const { knownFaults, withKnownFaults } = await import('../../mock/faults/index.ts');
  const known = knownFaults.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known);
    throw new UsageError(`There is no fault "${unknown}"${hint === '' ? `; "${programName} faults" lists them.` : hint}`);
  }
  return (endpoint) => withKnownFaults(endpoint, ...ids);
}

async function personaNamed(name: string): Promise<Wrap> {
  const { personas, withPersona } = await import('../../mock/faults/index.ts');
  const known = personas.map(({ id }) => id);
  if (known.includes(name)) return (endpoint) => withPersona(endpoint, name);
  const hint = didYouMean(name, known);
  throw new UsageError(`There is no persona "${name}"${hint === '' ? `; there are ${known.join(', ')}.` : hint}`);
}
