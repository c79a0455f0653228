/** Bad parameters of thinking. https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
import { lamp } from '../probes/lamp-and-fruit.ts';
import { docs } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';

export const badThinkingOff: BadInputTable = {
  id: 'bad-thinking-off',
  title: 'A request that switches thinking off, with one mistake at a time, with and without stream',
  source: docs.thinking,
  base: (model) => ({ model, max_tokens: 1, thinking: { type: 'disabled' }, messages: [{ role: 'user', content: 'Say hello.' }] }),
  rows: [
    {
      row: 'thinking-disabled-display',
      pointer: '/thinking/display',
      value: 'summarized',
      level: 'should',
      requirement: 'A display beside disabled thinking is answered 400.',
      covers: ['err.in.thinking-display-with-disabled'],
      why: 'Two halves of the request contradict each other; whoever wrote it believes one of them.',
    },
    {
      row: 'thinking-disabled-budget',
      pointer: '/thinking/budget_tokens',
      value: 1024,
      level: 'should',
      requirement: 'A budget beside disabled thinking is answered 400.',
      covers: ['err.in.thinking-display-with-disabled'],
      why: 'Two halves of the request contradict each other; whoever wrote it believes one of them.',
    },
  ],
};

/** The least budget is large, so this is the one base that may generate much. Its streams are cut as soon as they are accepted. */
export const badThinking: BadInputTable = {
  id: 'bad-thinking',
  title: 'A request with a thinking budget, with one mistake at a time, as streams that are hung up after their first events',
  modes: ['stream'],
  sending: { abortAfter: { frames: 3 } },
  source: docs.thinking,
  needs: ['thinking', 'tools'],
  base: (model) => ({
    model,
    max_tokens: 1025,
    thinking: { type: 'enabled', budget_tokens: 1024 },
    tools: [lamp],
    messages: [{ role: 'user', content: 'Say hello.' }],
  }),
  rows: [
    {
      row: 'thinking-budget-over-max',
      pointer: '/max_tokens',
      value: 1,
      level: 'should',
      requirement: 'A thinking budget that is not less than max_tokens is answered 400.',
      covers: ['err.in.thinking-budget-vs-max'],
      seenAt: '/thinking/budget_tokens',
      why: 'Nothing would be left for the answer.',
    },
    {
      row: 'thinking-budget-small',
      pointer: '/thinking/budget_tokens',
      value: 1023,
      level: 'should',
      requirement: 'A thinking budget below 1024 is answered 400.',
      covers: ['err.in.thinking-budget-min'],
      why: 'Agents send small budgets and learn only officially that there is a least one.',
    },
    {
      row: 'thinking-forced-tool',
      pointer: '/tool_choice',
      value: { type: 'any' },
      level: 'should',
      requirement: 'A forced tool call with thinking on is answered 400.',
      covers: ['err.in.thinking-forced-tool'],
      why: 'A forced call begins the answer, so there is no place for thinking.',
    },
  ],
};
