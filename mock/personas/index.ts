/** Mocks that are wrong as known servers are, by their names. */
import { createFetch, type Endpoint } from '../../endpoint/index.ts';
import type { ModelInfo } from '../../spec/index.ts';
import type { FaultyEndpoint } from '../faults/index.ts';
import { inject } from '../faults/inject.ts';
import { defaultModels } from '../models.ts';
import { nearestName } from '../script/nearest.ts';
import { lmStudio } from './lm-studio.ts';
import { lmdeploy } from './lmdeploy.ts';
import { ollama } from './ollama.ts';
import { faultsOfPersona, type Persona } from './persona.ts';
import { sglang } from './sglang.ts';
import { vllm } from './vllm.ts';

export type { Persona, Trait } from './persona.ts';

/** All personas. */
export const personas: readonly Persona[] = [vllm, lmdeploy, lmStudio, sglang, ollama];

/**
 * The endpoint, a mock or any other, with what is known of a server: its models list, its errors, what it takes and leaves out. Of the models
 * that it has, the first is taken for the one that is loaded.
 *
 * @throws RangeError for an id that no persona has.
 */
export function withPersona(endpoint: Endpoint & { readonly models?: readonly ModelInfo[] }, id: string): FaultyEndpoint {
  const { models = defaultModels } = endpoint;
  const faulty = inject(endpoint, faultsOfPersona(personaOf(id), models[0]?.id ?? ''));
  return { handle: (request) => faulty.handle(request), fetch: createFetch(faulty) };
}

function personaOf(id: string): Persona {
  const found = personas.find((persona) => persona.id === id);
  if (found !== undefined) return found;
  const ids = personas.map((persona) => persona.id);
  const nearest = nearestName(id, ids);
  throw new RangeError(
    `There is no persona "${id}"${nearest === undefined ? `; there are ${ids.join(', ')}.` : `; did you mean ${nearest}?`}`,
  );
}
