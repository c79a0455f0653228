// Rules on messages with the role "system" in the middle of a conversation. Several in a row count as one.
// https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
import { pointerTo } from '../problem.ts';
import type { RequestRule } from './request-rule.ts';
import type { Turn } from './turns.ts';

/** In the order in which they are checked. */
export const systemRoleRules: readonly RequestRule[] = [
  {
    id: 'system-role-first',
    certainty: 'doubtful',
    requirements: ['err.in.system-role-first'],
    find: ({ messages }) =>
      messages[0]?.role === 'system'
        ? { pointer: '/messages/0/role', message: 'must not be "system" in the first message', expected: 'user or assistant' }
        : undefined,
  },
  {
    id: 'system-role-misplaced',
    certainty: 'doubtful',
    requirements: ['err.in.system-role-misplaced', 'sysmsg.after-user', 'sysmsg.after-server-tool-result', 'sysmsg.consecutive'],
    find: (_request, _context, { turns }) => {
      for (const [at, turn] of turns.entries()) {
        const before = turns[at - 1];
        const after = turns[at + 1];
        if (turn.role !== 'system' || !before) continue;
        if ((before.role === 'user' || endsInServerResult(before)) && (!after || after.role === 'assistant')) continue;
        return {
          pointer: pointerTo('/messages', turn.message),
          message: 'must come right after a user message and be last or followed by an assistant message',
          expected: 'a system message between user and assistant',
        };
      }
      return undefined;
    },
  },
];

function endsInServerResult(turn: Turn): boolean {
  const type = turn.blocks.at(-1)?.block.type;
  return type !== undefined && type !== 'tool_result' && type.endsWith('_tool_result');
}
