/** What the rules of `system-role-rules.ts` take, and what they refuse. */
import { assistant, type RuleCases, serverResult, serverUse, system, text, user } from './request-parts.fixture.ts';

export const systemRoleCases: RuleCases = {
  'system-role-first': {
    validity: 'unknown',
    taken: [{ messages: [user('x'), system('y')] }],
    refused: [[{ messages: [system('x'), assistant('y')] }, 'messages.0.role: must not be "system" in the first message']],
  },
  'system-role-misplaced': {
    validity: 'unknown',
    taken: [
      { messages: [user('x'), user('y'), system('z')] },
      { messages: [user('x'), system('y'), system([text('z')]), assistant('a'), user('b')] },
      { messages: [user('x'), assistant([serverUse, serverResult]), system('y')] },
    ],
    refused: [
      [
        { messages: [user('x'), assistant('y'), system('z')] },
        'messages.2: must come right after a user message and be last or followed by an assistant message',
      ],
      [
        { messages: [user('x'), system('y'), user('z')] },
        'messages.1: must come right after a user message and be last or followed by an assistant message',
      ],
    ],
  },
};
