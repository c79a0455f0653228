/** What the rules of `thinking-rules.ts` take, and what they refuse. */
import { assistant, type RuleCases, serverResult, serverUse, text, thinking, tool, user } from './request-parts.fixture.ts';

export const thinkingCases: RuleCases = {
  'thinking-budget-vs-max': {
    taken: [{ max_tokens: 1025, thinking }],
    refused: [[{ max_tokens: 1024, thinking }, 'thinking.budget_tokens: must be less than max_tokens, 1024']],
  },
  'thinking-forced-tool': {
    taken: [
      { max_tokens: 2000, thinking, tools: [tool('a')], tool_choice: { type: 'auto' } },
      { thinking: { type: 'adaptive' }, tools: [tool('a')], tool_choice: { type: 'any' } },
    ],
    refused: [
      [
        { max_tokens: 2000, thinking, tools: [tool('a')], tool_choice: { type: 'any' } },
        'tool_choice: must not force a tool while thinking is enabled',
      ],
    ],
  },
  'thinking-display-with-disabled': {
    taken: [{ thinking: { type: 'disabled' } }, { thinking: { type: 'adaptive', display: 'omitted' } }],
    refused: [[{ thinking: { type: 'disabled', display: 'omitted' } }, 'thinking.display: must not be combined with type "disabled"']],
  },
  'thinking-prefill': {
    validity: 'unknown',
    taken: [
      { thinking: { type: 'adaptive' }, messages: [user('x'), assistant('y'), user('z')] },
      { thinking: { type: 'disabled' }, messages: [user('x'), assistant('y')] },
      { thinking: { type: 'adaptive' }, messages: [user('x'), assistant([serverUse, serverResult])] },
    ],
    refused: [
      [
        { thinking: { type: 'adaptive' }, messages: [user('x'), assistant('y')] },
        'messages.1: must not be the beginning of the answer while thinking is on',
      ],
      [
        { max_tokens: 2000, thinking, messages: [user('x'), assistant([text('y')])] },
        'messages.1: must not be the beginning of the answer while thinking is on',
      ],
    ],
  },
};
