// Rules on where search results may stand.
// https://platform.claude.com/docs/en/build-with-claude/search-results
import { pointerTo } from '../problem.ts';
import type { RequestRule } from './request-rule.ts';

/** In the order in which they are checked. */
export const searchResultRules: readonly RequestRule[] = [
  {
    id: 'search-result-in-assistant',
    requirements: ['err.in.search-result-in-assistant'],
    certainty: 'doubtful',
    find: ({ messages }) => {
      for (const [at, { role, content }] of messages.entries()) {
        const block = role === 'assistant' && typeof content !== 'string' ? content.findIndex(({ type }) => type === 'search_result') : -1;
        if (block === -1) continue;
        const pointer = pointerTo('/messages', at, 'content', block);
        return {
          pointer,
          message: 'must be in a user message, because it is a search_result',
          expected: 'search_result in a user message',
        };
      }
      return undefined;
    },
  },
  {
    id: 'search-result-mixed',
    requirements: ['block.in.search-result', 'tools.result.search-result'],
    certainty: 'doubtful',
    find: (_request, _context, { exchanges }) => {
      for (const { results } of exchanges) {
        for (const { placed } of results) {
          const { block } = placed;
          if (block.type !== 'tool_result' || !Array.isArray(block.content)) continue;
          const content = block.content;
          if (!content.some(({ type }) => type === 'search_result')) continue;
          const other = content.findIndex(({ type }) => type !== 'search_result');
          if (other === -1) continue;
          const pointer = pointerTo('/messages', placed.message, 'content', placed.at ?? 0, 'content', other);
          return { pointer, message: 'must be a search_result like the blocks beside it', expected: 'search_result' };
        }
      }
      return undefined;
    },
  },
];
