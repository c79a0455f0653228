// `max_tokens: 0` only fills the prompt cache; it goes with nothing that is about output.
// https://platform.claude.com/docs/en/build-with-claude/prompt-caching
import type { CheckedRequest, RequestRule } from './request-rule.ts';
import { forcesTool } from './tool-rules.ts';

/** In the order in which they are checked. */
export const warmUpRules: readonly RequestRule[] = [
  warmUpRule('warm-zero-stream', 'warm.zero-stream-400', '/stream', ({ stream }) => stream === true),
  warmUpRule('warm-zero-thinking', 'warm.zero-thinking-400', '/thinking', ({ thinking }) => thinking?.type === 'enabled'),
  warmUpRule('warm-zero-format', 'warm.zero-format-400', '/output_config/format', ({ output_config }) => Boolean(output_config?.format)),
  warmUpRule('warm-zero-forced-tool', 'warm.zero-forced-tool-400', '/tool_choice', forcesTool),
];

function warmUpRule(id: string, requirement: string, pointer: string, conflicts: (request: CheckedRequest) => boolean): RequestRule {
  return {
    id,
    requirements: [requirement],
    find: (request) =>
      request.max_tokens === 0 && conflicts(request)
        ? { pointer, message: 'must not be combined with max_tokens 0', expected: 'max_tokens of at least 1' }
        : undefined,
  };
}
