/** One prompt against its variations: what must raise the count, and what must not change it. */
import { type Check, type CheckMeta, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { at, inputTotal, isAccepted, tokens } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';

type Meta = Pick<CheckMeta, 'level' | 'requirement' | 'covers' | 'breaks'> &
  Partial<Pick<CheckMeta, 'why' | 'bugs' | 'fix' | 'needs'>> & {
    /** Step to compare with, where it is not `base`. */
    readonly base?: string;
  };
type Relation = (base: number, variant: number) => { readonly holds: boolean; readonly expected: string };

const raised: Relation = (base, variant) => ({ holds: variant > base, expected: `more than ${base}` });
const unchanged: Relation = (base, variant) => ({ holds: variant === base, expected: String(base) });

/** A check that compares the count of a step with that of the base. */
function comparison(rule: string, step: string, relation: Relation, { base = 'base', ...meta }: Meta): ScenarioCheck {
  return scenario({
    id: `count-tokens.value.${rule}`,
    layer: 'semantics',
    source: docs.tokenCounting,
    after: ['count-tokens.shape.valid'],
    needs: ['count-tokens'],
    ...meta,
    reads: { base: `count/${base}`, variant: `count/${step}` },
    judge: (steps) => judgeRelation(steps.base, steps.variant, relation),
  });
}

function judgeRelation(base: Evidence, variant: Evidence, relation: Relation): Judgement {
  const before = countOf(base);
  if (before === undefined) return inconclusive(`the base was not counted (${base.status})`);
  if (!isAccepted(variant))
    return fail({ of: variant, expected: 'a 2xx answer', found: `${variant.status} ${errorTypeOf(variant) ?? ''}`.trim() });
  const after = countOf(variant);
  if (after === undefined) return inconclusive('the variation was answered without a count');
  const { holds, expected } = relation(before, after);
  return holds ? pass : fail({ of: variant, pointer: '/input_tokens', expected, found: String(after) });
}

function countOf(evidence: Evidence): number | undefined {
  return isAccepted(evidence) ? tokens(evidence.json, 'input_tokens') : undefined;
}

const closeToUsage = scenario({
  id: 'count-tokens.value.close-to-usage',
  level: 'should',
  layer: 'semantics',
  requirement: 'The count of a prompt is within 10 tokens or 5 % of the input tokens that the same prompt then uses.',
  covers: ['count.close-to-usage', 'usage.matches-count'],
  source: docs.tokenCounting,
  breaks: [claudeCode('/context shows a wrong share of the window')],
  why: 'Agents decide by the count when to shorten a conversation; one that is too low overflows the context.',
  bugs: ['litellm#37102'],
  fix: 'Render the same chat template for both routes.',
  after: ['count-tokens.shape.valid'],
  needs: ['count-tokens'],
  reads: { count: 'count-vs-usage/count', message: 'count-vs-usage/message' },
  judge: ({ count, message }) => {
    const counted = countOf(count);
    const used = inputTotal(at(message.message, 'usage'));
    if (counted === undefined) return inconclusive(`the prompt was not counted (${count.status})`);
    if (used === undefined || used === 0) return inconclusive('the message does not tell its input tokens');
    const tolerance = Math.max(10, used * 0.05);
    return Math.abs(counted - used) <= tolerance
      ? pass
      : fail({ of: count, pointer: '/input_tokens', expected: `about ${used}, as the message used`, found: String(counted) });
  },
});

export const comparisonChecks: readonly Check[] = [
  comparison('longer-text', 'longer', raised, {
    level: 'must',
    requirement: 'A longer text has more tokens.',
    covers: ['count.monotonic-text'],
    breaks: [claudeCode('/context shows the same number whatever the conversation')],
  }),
  comparison('more-turns', 'turns', raised, {
    level: 'must',
    requirement: 'A longer conversation has more tokens.',
    covers: ['count.monotonic-messages'],
    breaks: [claudeCode('/context shows the same number whatever the conversation')],
  }),
  comparison('system', 'system', raised, {
    level: 'should',
    requirement: 'A system prompt adds tokens.',
    covers: ['count.system', 'req.system.counts'],
    breaks: [],
    why: 'The system prompts of agents are longer than many conversations.',
  }),
  comparison('tools', 'tools', raised, {
    level: 'should',
    requirement: 'Tool definitions add tokens.',
    covers: ['count.tools', 'tool.def.counts', 'usage.tools-counted'],
    breaks: [claudeCode('/context shows its tools, 30 to 60 KB, as free')],
    needs: ['count-tokens', 'tools'],
  }),
  comparison('repeatable', 'again', unchanged, {
    level: 'should',
    requirement: 'The same prompt has the same count every time.',
    covers: ['count.deterministic'],
    breaks: [],
    why: 'A count that drifts cannot be compared with a limit.',
  }),
  comparison('string-equals-block', 'block', unchanged, {
    level: 'should',
    requirement: 'Content as a string and as one text block has the same count.',
    covers: ['count.string-equals-block', 'req.content.string-equals-block'],
    breaks: [],
    why: 'Claude Code sends the same text in either form from turn to turn, and prefix caches miss where they differ.',
    fix: 'Turn strings into blocks before anything else looks at them.',
  }),
  comparison('cache-control', 'cache-control', unchanged, {
    level: 'must',
    requirement: 'cache_control is accepted when tokens are counted, and changes nothing.',
    covers: ['count.cache-control-ignored'],
    base: 'block',
    breaks: [],
    why: 'Programs count the request that they are about to send, markers and all.',
  }),
  closeToUsage,
];
