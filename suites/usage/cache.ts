/** One prompt sent twice, marked for the cache: what the second costs. Whether a server caches at all is its own choice. */
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import type { Evidence } from '../model/evidence.ts';
import { claudeCode, docs } from '../references.ts';
import { at, inputTotal, isAccepted, tokens } from '../reading.ts';

const reads = { first: 'cache-repeat/first', second: 'cache-repeat/second' } as const;
const after = ['usage.shape.valid', 'usage.cache.counters-valid'];

const usageOf = ({ message }: Evidence): unknown => at(message, 'usage');

const totalUnchanged = scenario({
  id: 'usage.cache.total-unchanged',
  level: 'should',
  layer: 'semantics',
  requirement: 'The input tokens of a prompt, cached ones included, are the same whether it was read from the cache or not.',
  covers: ['usage.cache-read-on-repeat'],
  source: docs.caching,
  breaks: [claudeCode('its context meter counts cached tokens twice, and it compacts at half the window')],
  fix: 'input_tokens holds only what was neither written to the cache nor read from it.',
  after,
  reads,
  judge: ({ first, second }) => {
    if (!isAccepted(first) || !isAccepted(second)) return inconclusive('a request was refused');
    const [before, now] = [first, second].map((evidence) => inputTotal(usageOf(evidence)));
    if (before === undefined || now === undefined) return inconclusive('the usage has no input_tokens');
    return before === now
      ? pass
      : fail({ of: second, pointer: '/usage', expected: `${before} input tokens in all, as before`, found: String(now) });
  },
});

const readOnRepeat = scenario({
  id: 'usage.cache.read-on-repeat',
  level: 'may',
  layer: 'semantics',
  requirement: 'A prompt that was written to the cache is read from it when it comes again at once.',
  covers: ['usage.cache-read-on-repeat'],
  source: docs.caching,
  breaks: [],
  why: 'A cache that is written and never read costs more than none.',
  after,
  reads,
  judge: ({ first, second }) => {
    if (!isAccepted(first) || !isAccepted(second)) return inconclusive('a request was refused');
    const read = tokens(usageOf(second), 'cache_read_input_tokens') ?? 0;
    if (read > 0) return pass;
    const written = tokens(usageOf(first), 'cache_creation_input_tokens') ?? 0;
    if (written === 0) return inconclusive('the server reports no caching, or this prompt is too short for it');
    return fail({
      of: second,
      pointer: '/usage/cache_read_input_tokens',
      expected: `about ${written}, as were written`,
      found: String(read),
    });
  },
});

export const cacheChecks: readonly Check[] = [totalUnchanged, readOnRepeat];
