/** A persona: a mock that is wrong as a known server is wrong, for tests of clients. What is not known of a server, it does right. */
import { findFault } from '../faults/catalogue.ts';
import type { Act, KnownFault } from '../faults/fault.ts';
import type { Touch } from '../faults/touching.ts';

/** One thing that the server does in its own way. */
export interface Trait extends Pick<KnownFault, 'sentence' | 'touches'> {
  /** @param loaded id of the model that the server has loaded */
  readonly act: (loaded: string) => Act;
}

export interface Persona {
  /** Name for `--persona`; where there is a target profile of the server, the same as its. */
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  /** Version and date of what is imitated: servers change. */
  readonly asOf: string;
  readonly links: readonly string[];
  /** The first acts nearest to the server, so what is about any answer comes last. */
  readonly traits: readonly Trait[];
}

/** What a known fault does, to its own requests or to others. @throws RangeError for an id that no fault has. */
export function asIn(id: string, touches?: Touch): Trait {
  const fault = findFault(id);
  if (fault === undefined) throw new RangeError(`There is no fault "${id}".`);
  return touches === undefined ? fault : { ...fault, touches };
}

/** Its traits as faults, to be put into an endpoint that serves the model `loaded`. */
export function faultsOfPersona({ id, traits }: Persona, loaded: string): readonly KnownFault[] {
  return traits.map(({ sentence, act, touches }, place) => ({
    id: `${id}-${place + 1}`,
    sentence,
    layer: 'behaviour',
    trips: [],
    act: () => act(loaded),
    ...(touches === undefined ? {} : { touches }),
  }));
}
