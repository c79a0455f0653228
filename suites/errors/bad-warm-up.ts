/** What max_tokens 0, which only fills the prompt cache, does not go with. https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
import { lamp } from '../probes/lamp-and-fruit.ts';
import { docs } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';

export const badWarmUp: BadInputTable = {
  id: 'bad-warm-up',
  title: 'A request with max_tokens 0 that asks for output all the same',
  modes: ['json'],
  source: docs.caching,
  why: 'Nothing is generated, so the other parameter cannot be honoured.',
  base: (model) => ({ model, max_tokens: 0, tools: [lamp], messages: [{ role: 'user', content: 'Say hello.' }] }),
  rows: [
    {
      row: 'warm-stream',
      pointer: '/stream',
      value: true,
      level: 'should',
      requirement: 'max_tokens 0 with stream is answered 400.',
      covers: ['warm.zero-stream-400'],
    },
    {
      row: 'warm-thinking',
      pointer: '/thinking',
      value: { type: 'enabled', budget_tokens: 1024 },
      level: 'should',
      requirement: 'max_tokens 0 with thinking is answered 400.',
      covers: ['warm.zero-thinking-400'],
    },
    {
      row: 'warm-format',
      pointer: '/output_config',
      value: { format: { type: 'json_schema', schema: lamp.input_schema } },
      level: 'should',
      requirement: 'max_tokens 0 with an output format is answered 400.',
      covers: ['warm.zero-format-400'],
    },
    {
      row: 'warm-forced-any',
      pointer: '/tool_choice',
      value: { type: 'any' },
      level: 'should',
      requirement: 'max_tokens 0 with a forced tool call is answered 400.',
      covers: ['warm.zero-forced-tool-400'],
    },
    {
      row: 'warm-forced-tool',
      pointer: '/tool_choice',
      value: { type: 'tool', name: lamp.name },
      level: 'should',
      requirement: 'max_tokens 0 with a call of one tool forced is answered 400.',
      covers: ['warm.zero-forced-tool-400'],
    },
  ],
};
