/** `max_tokens: 0` reads the prompt into the cache and generates nothing. https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
import { acceptance } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, type Judgement, notApplicable, pass, shown } from '../model/judgement.ts';
import { docs } from '../references.ts';
import { at, inputTotal, isAccepted, isList, tokens } from '../reading.ts';

const common = { level: 'should', source: docs.caching, covers: ['warm.zero-accepted'], breaks: [] } as const;
const reads = { zero: 'warm-up/zero' } as const;

/** A rule on the reply, where there is one. */
function ofReply(judge: (reply: Evidence) => Judgement): (steps: { readonly zero: Evidence }) => Judgement {
  return ({ zero }) => (isAccepted(zero) ? judge(zero) : notApplicable('max_tokens 0 is refused'));
}

export const warmUpChecks: readonly Check[] = [
  acceptance({
    ...common,
    id: 'stop.max-tokens.zero-accepted',
    layer: 'http',
    requirement: 'max_tokens: 0 is accepted: it reads the prompt and generates nothing.',
    why: 'Programs warm the cache while their user still types.',
    control: 'warm-up/one',
    variant: 'warm-up/zero',
  }),
  scenario({
    ...common,
    id: 'stop.max-tokens.zero-is-empty',
    layer: 'semantics',
    requirement: 'The reply to max_tokens: 0 has no content.',
    why: 'A server that takes 0 for "no limit" generates, and bills, a whole reply.',
    reads,
    judge: ofReply((zero) => {
      const content = at(zero.message, 'content');
      return isList(content) && content.length === 0
        ? pass
        : fail({ of: zero, pointer: '/content', expected: '[]', found: shown(content) });
    }),
  }),
  scenario({
    ...common,
    id: 'stop.max-tokens.zero-reason',
    layer: 'semantics',
    requirement: 'The stop reason of max_tokens: 0 is max_tokens.',
    why: 'A client that reads end_turn takes the empty reply for an answer.',
    reads,
    judge: ofReply((zero) =>
      zero.stopReason === 'max_tokens'
        ? pass
        : fail({ of: zero, pointer: '/stop_reason', expected: '"max_tokens"', found: shown(zero.stopReason) }),
    ),
  }),
  scenario({
    ...common,
    id: 'stop.max-tokens.zero-usage',
    layer: 'semantics',
    requirement: 'The usage of max_tokens: 0 counts the prompt, and 0 output tokens.',
    why: 'The reading is what is paid for.',
    after: ['usage.shape.valid'],
    reads,
    judge: ofReply((zero) => {
      const usage = at(zero.message, 'usage');
      const output = tokens(usage, 'output_tokens');
      if (output !== 0) return fail({ of: zero, pointer: '/usage/output_tokens', expected: '0', found: shown(output) });
      const input = inputTotal(usage) ?? 0;
      return input > 0 ? pass : fail({ of: zero, pointer: '/usage/input_tokens', expected: 'more than 0', found: shown(input) });
    }),
  }),
];
