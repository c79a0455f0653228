/** The words that options take. */
import type { AuthStyle, Capability, Level } from '../../spec/record/index.ts';

// Records rather than lists: the compiler misses no word that a type gains.
const capabilityWords: Readonly<Record<Capability, true>> = {
  'count-tokens': true,
  models: true,
  tools: true,
  'forced-tool-choice': true,
  thinking: true,
  images: true,
  documents: true,
  'structured-output': true,
  prefill: true,
  'system-role': true,
  'unknown-betas': true,
  authentication: true,
};
const authWords: Readonly<Record<AuthStyle, true>> = { 'x-api-key': true, bearer: true, both: true, none: true };
const levelWords: Readonly<Record<Level, true>> = { must: true, should: true, may: true };

export const capabilities: readonly Capability[] = wordsOf(capabilityWords);
export const authStyles: readonly AuthStyle[] = wordsOf(authWords);
export const levels: readonly Level[] = wordsOf(levelWords);
export const gates: readonly ('must' | 'should')[] = ['must', 'should'];

function wordsOf<Word extends string>(words: Readonly<Record<Word, true>>): readonly Word[] {
  // Object.keys forgets the type of its keys.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return Object.keys(words) as Word[];
}
