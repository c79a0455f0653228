/** What the rules of `warm-up-rules.ts` take, and what they refuse. */
import { type RuleCases, thinking, tool } from './request-parts.fixture.ts';

export const warmUpCases: RuleCases = {
  'warm-zero-stream': {
    taken: [{ max_tokens: 0 }, { max_tokens: 0, stream: false }],
    refused: [[{ max_tokens: 0, stream: true }, 'stream: must not be combined with max_tokens 0']],
  },
  'warm-zero-thinking': {
    taken: [{ max_tokens: 0, thinking: { type: 'disabled' } }],
    refused: [[{ max_tokens: 0, thinking }, 'thinking: must not be combined with max_tokens 0']],
  },
  'warm-zero-format': {
    taken: [{ max_tokens: 0, output_config: { format: null } }],
    refused: [
      [
        { max_tokens: 0, output_config: { format: { type: 'json_schema', schema: {} } } },
        'output_config.format: must not be combined with max_tokens 0',
      ],
    ],
  },
  'warm-zero-forced-tool': {
    taken: [{ max_tokens: 0, tools: [tool('a')] }],
    refused: [[{ max_tokens: 0, tools: [tool('a')], tool_choice: { type: 'any' } }, 'tool_choice: must not be combined with max_tokens 0']],
  },
};
