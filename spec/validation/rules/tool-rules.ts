// Rules on the tools of a request and on the choice among them.
// https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools
import type { Tool } from '../../generated/types.ts';
import { pointerTo } from '../problem.ts';
import { isMisfit } from './json-misfit.ts';
import type { CheckedRequest, RequestRule } from './request-rule.ts';

/** In the order in which they are checked. */
export const toolRules: readonly RequestRule[] = [
  {
    id: 'tool-duplicate-name',
    requirements: ['err.in.tool-duplicate-name'],
    find: ({ tools = [] }) => {
      const seen = new Set<string>();
      for (const [at, tool] of tools.entries()) {
        const name = nameOf(tool);
        if (name === undefined) continue;
        if (seen.has(name))
          return { pointer: pointerTo('/tools', at, 'name'), message: 'must be unique among the tools', expected: 'an unused name' };
        seen.add(name);
      }
      return undefined;
    },
  },
  {
    id: 'tool-choice-without-tools',
    requirements: ['err.in.tool-choice-without-tools'],
    find: (request) =>
      forcesTool(request) && (request.tools ?? []).length === 0
        ? { pointer: '/tool_choice', message: 'must not force a tool when there are no tools', expected: 'tools' }
        : undefined,
  },
  {
    id: 'tool-choice-unknown-tool',
    requirements: ['err.in.tool-choice-unknown-tool'],
    find: ({ tools = [], tool_choice }) => {
      if (tool_choice?.type !== 'tool' || tools.length === 0) return undefined;
      const names = new Set(tools.map(nameOf));
      // A toolset brings tools whose names are not in the request.
      if (names.has(undefined) || names.has(tool_choice.name)) return undefined;
      return { pointer: '/tool_choice/name', message: 'must be the name of one of the tools', expected: 'name of a tool' };
    },
  },
  {
    id: 'tool-choice-none-extra',
    requirements: ['err.in.tool-choice-none-extra'],
    find: ({ tool_choice }) =>
      tool_choice?.type === 'none' && 'disable_parallel_tool_use' in tool_choice
        ? { pointer: '/tool_choice/disable_parallel_tool_use', message: 'must not be combined with type "none"', expected: 'no such field' }
        : undefined,
  },
  {
    id: 'tool-example-invalid',
    requirements: ['tool.def.input-examples-valid'],
    find: ({ tools = [] }) => {
      for (const [at, tool] of tools.entries()) {
        if (!('input_schema' in tool) || tool.input_examples === undefined) continue;
        const { input_schema: schema, input_examples: examples } = tool;
        const wrong = examples.findIndex((example) => isMisfit(schema, example));
        if (wrong === -1) continue;
        const pointer = pointerTo('/tools', at, 'input_examples', wrong);
        return { pointer, message: 'must follow input_schema', expected: 'arguments that follow input_schema' };
      }
      return undefined;
    },
  },
];

/** True if the request demands a tool call. */
export function forcesTool({ tool_choice }: CheckedRequest): boolean {
  return tool_choice?.type === 'any' || tool_choice?.type === 'tool';
}

function nameOf(tool: Tool): string | undefined {
  return 'name' in tool ? tool.name : undefined;
}
