/** What the rules of `tool-loading-rules.ts` take, and what they refuse. */
import { type RuleCases, tool } from './request-parts.fixture.ts';

export const toolLoadingCases: RuleCases = {
  'tool-all-deferred': {
    validity: 'unknown',
    taken: [{ tools: [{ ...tool('a'), defer_loading: true }, tool('b')] }, { tools: [] }],
    refused: [[{ tools: [{ ...tool('a'), defer_loading: true }] }, 'tools: must have a tool without defer_loading']],
  },
  'tool-deferred-cached': {
    validity: 'unknown',
    taken: [{ tools: [tool('b'), { ...tool('a'), defer_loading: true, cache_control: null }] }],
    refused: [
      [
        { tools: [tool('b'), { ...tool('a'), defer_loading: true, cache_control: { type: 'ephemeral' } }] },
        'tools.1.cache_control: must not be combined with defer_loading',
      ],
    ],
  },
  'toolset-duplicate': {
    validity: 'unknown',
    taken: [{ tools: [{ type: 'browser_toolset_20260801' }, { type: 'computer_toolset_20260801' }] }],
    refused: [
      [
        { tools: [{ type: 'browser_toolset_20260801' }, { type: 'browser_toolset_20260801' }] },
        'tools.1: must be the only toolset of its type',
      ],
    ],
  },
  'tool-choice-toolset': {
    validity: 'unknown',
    taken: [{ tools: [{ type: 'browser_toolset_20260801' }], tool_choice: { type: 'tool', name: 'navigate' } }],
    refused: [
      [
        { tools: [{ type: 'browser_toolset_20260801' }], tool_choice: { type: 'tool', name: 'browser_toolset_20260801' } },
        'tool_choice.name: must not be a toolset',
      ],
    ],
  },
};
