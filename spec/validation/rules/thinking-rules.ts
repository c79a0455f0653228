// Rules on thinking together with other parameters.
// https://platform.claude.com/docs/en/build-with-claude/extended-thinking
import { pointerTo } from '../problem.ts';
import type { RequestRule } from './request-rule.ts';
import { forcesTool } from './tool-rules.ts';
import { placeOf } from './turns.ts';

/** In the order in which they are checked. */
export const thinkingRules: readonly RequestRule[] = [
  {
    // With interleaved thinking the budget spans several answers, so it may be larger.
    id: 'thinking-budget-vs-max',
    requirements: ['err.in.thinking-budget-vs-max'],
    find: ({ thinking, max_tokens }, { betas }) => {
      if (thinking?.type !== 'enabled' || max_tokens === undefined || max_tokens === 0) return undefined;
      if (thinking.budget_tokens < max_tokens || betas.some((beta) => beta.startsWith('interleaved-thinking-'))) return undefined;
      return {
        pointer: '/thinking/budget_tokens',
        message: `must be less than max_tokens, ${max_tokens}`,
        expected: `less than ${max_tokens}`,
      };
    },
  },
  {
    id: 'thinking-forced-tool',
    requirements: ['err.in.thinking-forced-tool'],
    find: (request) =>
      request.thinking?.type === 'enabled' && forcesTool(request)
        ? { pointer: '/tool_choice', message: 'must not force a tool while thinking is enabled', expected: 'auto or none' }
        : undefined,
  },
  {
    id: 'thinking-display-with-disabled',
    requirements: ['err.in.thinking-display-with-disabled'],
    find: ({ thinking }) =>
      thinking?.type === 'disabled' && 'display' in thinking
        ? { pointer: '/thinking/display', message: 'must not be combined with type "disabled"', expected: 'no such field' }
        : undefined,
  },
  {
    id: 'thinking-prefill',
    requirements: ['think.prefill-conflict'],
    certainty: 'doubtful',
    find: ({ thinking, messages }) => {
      const last = messages.at(-1);
      if ((thinking?.type !== 'enabled' && thinking?.type !== 'adaptive') || last?.role !== 'assistant') return undefined;
      const isPrefill = typeof last.content === 'string' ? last.content !== '' : last.content.at(-1)?.type === 'text';
      if (!isPrefill) return undefined;
      return {
        pointer: pointerTo('/messages', messages.length - 1),
        message: 'must not be the beginning of the answer while thinking is on',
        expected: 'a user message last',
      };
    },
  },
  {
    // Documented for manual thinking; elsewhere the documentation has such a request answered without thinking.
    id: 'thinking-tool-loop',
    requirements: ['think.manual-last-turn', 'think.toggle-midturn-graceful'],
    certainty: 'advice',
    find: ({ thinking }, _context, { turns }) => {
      const [calls, answer] = turns.slice(-2);
      if (thinking?.type !== 'enabled' || calls?.role !== 'assistant' || !answer?.blocks.some(({ block }) => block.type === 'tool_result'))
        return undefined;
      const [first] = calls.blocks;
      if (!first || first.block.type === 'thinking' || first.block.type === 'redacted_thinking') return undefined;
      return { pointer: placeOf(first), message: 'should be thinking, because thinking is enabled', expected: 'a thinking block' };
    },
  },
];
