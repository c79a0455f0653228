/** Checks of the area `cache`: markers are accepted everywhere, and change nothing but the price. */
import { judgeSameTokens } from '../added-tokens.ts';
import { refusalsOf } from '../errors/bad-input-tables.ts';
import { type Check, scenario } from '../model/check.ts';
import { claudeCode, docs } from '../references.ts';
import { variantChecks } from '../variants.ts';
import { cacheMarkers } from './markers.ts';

/** One prompt, without markers and with them. */
const marked = { four: 'four markers', 'top-level': 'automatic caching', lifetimes: 'markers of two lifetimes' } as const;

export const checks: readonly Check[] = [
  ...variantChecks(cacheMarkers),
  ...refusalsOf('cache'),
  ...Object.entries(marked).map(([step, name]) =>
    scenario({
      id: `cache.usage.${step}-same-total`,
      level: 'should',
      layer: 'semantics',
      requirement: `With ${name} a prompt uses as many input tokens as without, those read from the cache and written to it included.`,
      covers: ['cache.below-minimum-ok', 'usage.cache-nullable'],
      source: docs.caching,
      breaks: [claudeCode('shows a wrong share of the context, and compacts too early or too late')],
      bugs: ['sglang#25876', 'vllm#49456'],
      fix: 'input_tokens are those that were neither read from the cache nor written to it; they are not the whole prompt.',
      after: ['usage.shape.valid'],
      reads: { control: 'cache-markers/control', variant: `cache-markers/${step}` },
      judge: ({ control, variant }) => judgeSameTokens(control, variant),
    }),
  ),
];
