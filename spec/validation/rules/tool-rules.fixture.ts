/** What the rules of `tool-rules.ts` take, and what they refuse. */
import { closed, type RuleCases, tool } from './request-parts.fixture.ts';

export const toolCases: RuleCases = {
  'tool-duplicate-name': {
    taken: [{ tools: [tool('a'), tool('b'), { type: 'browser_toolset_20260801' }, { type: 'computer_toolset_20260801' }] }],
    refused: [
      [{ tools: [tool('a'), tool('a')] }, 'tools.1.name: must be unique among the tools'],
      [{ tools: [tool('bash'), { type: 'bash_20250124', name: 'bash' }] }, 'tools.1.name: must be unique among the tools'],
    ],
  },
  'tool-choice-without-tools': {
    taken: [
      { tool_choice: { type: 'none' } },
      { tool_choice: { type: 'auto' }, tools: [] },
      { tool_choice: { type: 'any' }, tools: [tool('a')] },
    ],
    refused: [
      [{ tool_choice: { type: 'any' } }, 'tool_choice: must not force a tool when there are no tools'],
      [{ tool_choice: { type: 'tool', name: 'a' }, tools: [] }, 'tool_choice: must not force a tool when there are no tools'],
    ],
  },
  'tool-choice-unknown-tool': {
    taken: [{ tool_choice: { type: 'tool', name: 'a' }, tools: [tool('a')] }],
    refused: [[{ tool_choice: { type: 'tool', name: 'b' }, tools: [tool('a')] }, 'tool_choice.name: must be the name of one of the tools']],
  },
  'tool-choice-none-extra': {
    taken: [{ tool_choice: { type: 'auto', disable_parallel_tool_use: true } }],
    refused: [
      [
        { tool_choice: { type: 'none', disable_parallel_tool_use: true } },
        'tool_choice.disable_parallel_tool_use: must not be combined with type "none"',
      ],
    ],
  },
  'tool-example-invalid': {
    taken: [
      { tools: [{ ...tool('a'), input_examples: [{ any: 1 }] }] },
      { tools: [{ name: 'a', input_schema: closed({ city: { type: 'string' } }), input_examples: [{ city: 'Oslo' }] }] },
    ],
    refused: [
      [
        { tools: [{ name: 'a', input_schema: closed({ city: { type: 'string' } }), input_examples: [{ city: 'Oslo' }, { city: 5 }] }] },
        'tools.0.input_examples.1: must follow input_schema',
      ],
      [
        { tools: [{ name: 'a', input_schema: closed({ city: { type: 'string' } }), input_examples: [{}] }] },
        'tools.0.input_examples.0: must follow input_schema',
      ],
    ],
  },
};
