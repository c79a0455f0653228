/** One prompt against its variations: what must raise the count, and what must not change it. */
import { notAccepted } from '../acceptance.ts';
import { type Check, type CheckMeta, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { at, inputTotal, isAccepted, tokens } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';

type Meta = Pick<CheckMeta, 'level' | 'requirement' | 'covers' | 'breaks'> &
  Partial<Pick<CheckMeta, 'why' | 'bugs' | 'fix' | 'needs'>> & {
    /** Step to compare with, where it is not `base`. */
    readonly base?: string;
    /** The variation is no part of the protocol that every server has: refused cleanly, there is nothing to compare. */
    readonly isOptional?: boolean;
  };
type Relation = (base: number, variant: number) => { readonly holds: boolean; readonly expected: string };

const raised: Relation = (base, variant) => ({ holds: variant > base, expected: `more than ${base}` });
const notLowered: Relation = (base, variant) => ({ holds: variant >= base, expected: `at least ${base}` });
/** What a chat template adds to both makes it less than ten. */
const tenfold: Relation = (base, variant) => ({
  holds: variant >= 5 * base && variant <= 15 * base,
  expected: `about ten times ${base}`,
});
const unchanged: Relation = (base, variant) => ({ holds: variant === base, expected: String(base) });

/** A check that compares the count of a step with that of the base. */
function comparison(rule: string, step: string, relation: Relation, { base = 'base', isOptional = false, ...meta }: Meta): ScenarioCheck {
  return scenario({
    id: `count-tokens.value.${rule}`,
    layer: 'semantics',
    source: docs.tokenCounting,
    after: ['count-tokens.shape.valid'],
    needs: ['count-tokens'],
    ...meta,
    reads: { base: `count/${base}`, variant: `count/${step}` },
    judge: (steps) =>
      isOptional && isRefusedCleanly(steps.variant) ? notApplicable('it is refused') : judgeRelation(steps.base, steps.variant, relation),
  });
}

function isRefusedCleanly(evidence: Evidence): boolean {
  const { status = 0 } = evidence;
  return status >= 400 && status < 500 && errorTypeOf(evidence) !== undefined;
}

function judgeRelation(base: Evidence, variant: Evidence, relation: Relation): Judgement {
  const before = countOf(base);
  if (before === undefined) return inconclusive(`the base was not counted (${base.status})`);
  if (!isAccepted(variant)) return notAccepted(variant);
  const after = countOf(variant);
  if (after === undefined) return inconclusive('the variation was answered without a count');
  const { holds, expected } = relation(before, after);
  return holds ? pass : fail({ of: variant, pointer: '/input_tokens', expected, found: String(after) });
}

function countOf(evidence: Evidence): number | undefined {
  return isAccepted(evidence) ? tokens(evidence.json, 'input_tokens') : undefined;
}

/** How far a count may be from the input tokens of the message. */
function judgeCloseness(count: Evidence, message: Evidence): Judgement {
  const counted = countOf(count);
  const used = inputTotal(at(message.message, 'usage'));
  if (counted === undefined) return inconclusive(`the prompt was not counted (${count.status})`);
  if (used === undefined || used === 0) return inconclusive('the message does not tell its input tokens');
  const tolerance = Math.max(10, used * 0.05);
  return Math.abs(counted - used) <= tolerance
    ? pass
    : fail({ of: count, pointer: '/input_tokens', expected: `about ${used}, as the message used`, found: String(counted) });
}

const closeness = {
  level: 'should',
  layer: 'semantics',
  source: docs.tokenCounting,
  breaks: [claudeCode('/context shows a wrong share of the window')],
  why: 'Agents decide by the count when to shorten a conversation; one that is too low overflows the context.',
  bugs: ['litellm#37102'],
  fix: 'Render the same chat template for both routes.',
  after: ['count-tokens.shape.valid'],
} as const;

const closeToUsage = scenario({
  ...closeness,
  id: 'count-tokens.value.close-to-usage',
  requirement: 'The count of a prompt is within 10 tokens or 5 % of the input tokens that the same prompt then uses.',
  covers: ['count.close-to-usage', 'usage.matches-count'],
  needs: ['count-tokens'],
  reads: { count: 'count-vs-usage/count', message: 'count-vs-usage/message' },
  judge: ({ count, message }) => judgeCloseness(count, message),
});

const closeToUsageWithTools = scenario({
  ...closeness,
  id: 'count-tokens.value.close-to-usage-with-tools',
  requirement: 'The count of a prompt with tools is within 10 tokens or 5 % of the input tokens that the same prompt then uses.',
  covers: ['count.close-to-usage', 'usage.matches-count'],
  needs: ['count-tokens', 'tools'],
  fix: 'Render the tool definitions into the template on both routes.',
  reads: { count: 'count-vs-usage/count-tools', message: 'count-vs-usage/message-tools' },
  judge: ({ count, message }) => judgeCloseness(count, message),
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
    requirement: 'A longer system prompt has more tokens than a shorter one.',
    covers: ['count.system', 'req.system.counts'],
    base: 'system-short',
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
  comparison('system-string-equals-block', 'system-block', unchanged, {
    level: 'should',
    requirement: 'A system prompt as a string and as one text block has the same count.',
    covers: ['count.system', 'count.string-equals-block'],
    base: 'system',
    breaks: [],
    why: 'The same prompt is written in either form, and a server that loses one of them answers without it.',
  }),
  comparison('every-system-block', 'system-blocks', raised, {
    level: 'should',
    requirement: 'Every text block of a system prompt counts, not only the first.',
    covers: ['count.system'],
    base: 'system-block',
    breaks: [claudeCode('sends its system prompt in several blocks; /context misses most of it')],
  }),
  comparison('every-block', 'blocks', raised, {
    level: 'must',
    requirement: 'Every text block of a message counts, not only the first.',
    covers: ['count.monotonic-text'],
    base: 'block',
    breaks: [claudeCode('puts files and reminders into blocks of their own; /context misses them')],
  }),
  comparison('every-tool', 'tools', raised, {
    level: 'should',
    requirement: 'Every tool definition counts, not only the first.',
    covers: ['count.tools'],
    base: 'tool',
    breaks: [claudeCode('/context shows its tools as free')],
    needs: ['count-tokens', 'tools'],
  }),
  comparison('tool-descriptions', 'tool-described', raised, {
    level: 'should',
    requirement: 'A longer description of a tool has more tokens.',
    covers: ['count.tools'],
    base: 'tool',
    breaks: [claudeCode('/context shows its tools, mostly descriptions, as next to free')],
    needs: ['count-tokens', 'tools'],
    fix: 'Count the rendered definitions, not a fixed price for each.',
  }),
  comparison('tool-results', 'tool-history-long', raised, {
    level: 'should',
    requirement: 'A longer tool result has more tokens.',
    covers: ['count.tool-history', 'count.monotonic-text'],
    base: 'tool-history',
    breaks: [claudeCode('most of its context is tool results; it compacts too late')],
    needs: ['count-tokens', 'tools'],
  }),
  comparison('proportional', 'tenfold', tenfold, {
    // Inferred: no tokenizer that keeps order is far from linear in repeated prose.
    level: 'should',
    requirement: 'Ten times the text has five to fifteen times the tokens.',
    covers: ['count.proportional'],
    base: 'once',
    breaks: [],
    why: 'A count of words, lines or messages passes for one of tokens until a long text comes.',
  }),
  comparison('image', 'image', raised, {
    level: 'may',
    requirement: 'An image adds tokens.',
    covers: ['count.image'],
    needs: ['count-tokens', 'images'],
    isOptional: true,
    breaks: [],
    why: 'A picture takes as much of the window as a page of text.',
  }),
  comparison('document', 'document', raised, {
    level: 'may',
    requirement: 'A document adds tokens.',
    covers: ['count.document'],
    needs: ['count-tokens', 'documents'],
    isOptional: true,
    breaks: [],
    why: 'Documents are the longest part of most prompts that have one.',
  }),
  comparison('thinking-prior', 'thinking-prior', notLowered, {
    level: 'may',
    requirement: 'Thinking of earlier turns is counted or left out; it never lowers the count.',
    covers: ['count.thinking-prior'],
    base: 'no-thinking-prior',
    needs: ['count-tokens', 'thinking'],
    isOptional: true,
    breaks: [],
    why: 'A count that falls has lost the text beside the thinking, too.',
  }),
  closeToUsage,
  closeToUsageWithTools,
];
