// Rules on thinking together with other parameters.
// https://platform.claude.com/docs/en/build-with-claude/extended-thinking
import type { RequestRule } from './request-rule.ts';
import { forcesTool } from './tool-rules.ts';

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
];
