// Rules on tools that are loaded only when they are needed, and on sets of tools.
// https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-search-tool
import type { Tool } from '../../generated/types.ts';
import { pointerTo } from '../problem.ts';
import type { RequestRule } from './request-rule.ts';

/** In the order in which they are checked. */
export const toolLoadingRules: readonly RequestRule[] = [
  {
    id: 'tool-all-deferred',
    requirements: ['tool.def.defer-loading'],
    certainty: 'doubtful',
    find: ({ tools = [] }) =>
      tools.length > 0 && tools.every(isDeferred)
        ? { pointer: '/tools', message: 'must have a tool without defer_loading', expected: 'a tool that is loaded' }
        : undefined,
  },
  {
    id: 'tool-deferred-cached',
    requirements: ['tool.def.defer-loading'],
    certainty: 'doubtful',
    find: ({ tools = [] }) => {
      const at = tools.findIndex((tool) => isDeferred(tool) && (tool.cache_control ?? null) !== null);
      if (at === -1) return undefined;
      return {
        pointer: pointerTo('/tools', at, 'cache_control'),
        message: 'must not be combined with defer_loading',
        expected: 'no marker',
      };
    },
  },
  {
    id: 'toolset-duplicate',
    requirements: ['tool.def.toolset-rules'],
    certainty: 'doubtful',
    find: ({ tools = [] }) => {
      const seen = new Set<string>();
      for (const [at, tool] of tools.entries()) {
        if (!isToolset(tool)) continue;
        if (seen.has(tool.type))
          return { pointer: pointerTo('/tools', at), message: 'must be the only toolset of its type', expected: 'one of each toolset' };
        seen.add(tool.type);
      }
      return undefined;
    },
  },
  {
    id: 'tool-choice-toolset',
    requirements: ['tool.def.toolset-rules'],
    certainty: 'doubtful',
    find: ({ tools = [], tool_choice }) => {
      if (tool_choice?.type !== 'tool' || !tools.some((tool) => isToolset(tool) && tool.type === tool_choice.name)) return undefined;
      return { pointer: '/tool_choice/name', message: 'must not be a toolset', expected: 'name of a tool' };
    },
  },
];

/** Tools of unknown types may have come with a beta header; their fields are not looked at. */
function isDeferred(tool: Tool): boolean {
  return 'defer_loading' in tool && tool.defer_loading;
}

function isToolset(tool: Tool): tool is Extract<Tool, { readonly type: 'computer_toolset_20260801' | 'browser_toolset_20260801' }> {
  return tool.type === 'computer_toolset_20260801' || tool.type === 'browser_toolset_20260801';
}
