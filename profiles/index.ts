/** Target profiles by id. One JSON file each, so that a correction needs no code. */
import litellm from './litellm.json' with { type: 'json' };
import llamaCpp from './llama-cpp.json' with { type: 'json' };
import lmStudio from './lm-studio.json' with { type: 'json' };
import lmdeploy from './lmdeploy.json' with { type: 'json' };
import ollama from './ollama.json' with { type: 'json' };
import type { TargetProfile } from './target-profile.ts';
import vllm from './vllm.json' with { type: 'json' };

export type { TargetProfile } from './target-profile.ts';

// JSON imports widen `"bearer"` to string; the test holds every file against the published schema.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const all = [lmStudio, vllm, lmdeploy, litellm, ollama, llamaCpp] as unknown as readonly TargetProfile[];

/** All target profiles, in alphabetical order of their ids. */
export const targetProfiles: readonly TargetProfile[] = all.toSorted((a, b) => a.id.localeCompare(b.id));

/** The profile of that id, or undefined. */
export function findProfile(id: string): TargetProfile | undefined {
  return targetProfiles.find((profile) => profile.id === id);
}
