// Rules on tool calls in a history: every call is answered in the very next turn, and nothing else is.
// https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls
import { isJsonObject } from '../../json.ts';
import { hasLiveBeta } from '../../versions.ts';
import { pointerTo } from '../problem.ts';
import type { RequestContext } from '../request-context.ts';
import type { Breach, CheckedRequest, RequestRule } from './request-rule.ts';
import { placeOf, type Conversation } from './turns.ts';

/** In the order in which they are checked. */
export const toolPairingRules: readonly RequestRule[] = [
  {
    id: 'tool-use-in-user',
    requirements: ['err.in.tool-use-in-user'],
    find: (_request, _context, conversation) => misplaced(conversation, 'tool_use', 'user'),
  },
  {
    id: 'tool-result-in-assistant',
    requirements: ['err.in.tool-result-in-assistant'],
    find: (_request, _context, conversation) => misplaced(conversation, 'tool_result', 'assistant'),
  },
  {
    id: 'tool-use-duplicate-id',
    requirements: ['err.in.tool-use-duplicate-id'],
    find: (_request, _context, { exchanges }) => {
      const seen = new Set<string>();
      for (const { calls } of exchanges) {
        for (const { id, placed } of calls) {
          if (seen.has(id))
            return {
              pointer: pointerTo(placeOf(placed), 'id'),
              message: 'must be unique among all tool_use blocks',
              expected: 'an unused id',
            };
          seen.add(id);
        }
      }
      return undefined;
    },
  },
  {
    id: 'tool-result-missing',
    requirements: ['err.in.tool-result-missing', 'tools.result.next-message-only', 'sysmsg.not-between-use-and-result'],
    find: (_request, _context, conversation) => unanswered(conversation, 'all'),
  },
  {
    id: 'tool-result-partial',
    requirements: ['err.in.tool-result-partial'],
    find: (_request, _context, conversation) => unanswered(conversation, 'some'),
  },
  {
    id: 'tool-result-orphan',
    requirements: ['err.in.tool-result-orphan', 'tools.result.next-message-only', 'block.in.server-tool-history'],
    find: (request, context, conversation) => (continuesThread(request, context) ? undefined : unasked(conversation, 'all')),
  },
  {
    id: 'tool-result-extra-id',
    requirements: ['err.in.tool-result-extra-id'],
    find: (request, context, conversation) => (continuesThread(request, context) ? undefined : unasked(conversation, 'some')),
  },
  {
    id: 'tool-result-duplicate',
    requirements: ['err.in.tool-result-extra-id'],
    find: (_request, _context, { exchanges }) => {
      for (const { results } of exchanges) {
        const seen = new Set<string>();
        for (const { id, placed } of results) {
          if (seen.has(id)) {
            return {
              pointer: placeOf(placed),
              message: 'must be the only tool_result of its id',
              expected: 'one tool_result for each tool_use',
            };
          }
          seen.add(id);
        }
      }
      return undefined;
    },
  },
  {
    id: 'tool-result-not-first',
    requirements: ['err.in.tool-result-not-first'],
    find: (_request, _context, { exchanges }) => {
      for (const { calls, results, answer } of exchanges) {
        const first = answer?.blocks[0];
        if (calls.length > 0 && results.length > 0 && first && first.block.type !== 'tool_result') {
          return { pointer: placeOf(first), message: 'must come after the tool_result blocks', expected: 'tool_result first' };
        }
      }
      return undefined;
    },
  },
];

function misplaced({ turns }: Conversation, type: 'tool_use' | 'tool_result', role: 'user' | 'assistant'): Breach | undefined {
  for (const turn of turns) {
    const found = turn.role === role ? turn.blocks.find(({ block }) => block.type === type) : undefined;
    if (!found) continue;
    const other = role === 'user' ? 'an assistant' : 'a user';
    return {
      pointer: placeOf(found),
      message: `must be in ${other} message, because it is a ${type}`,
      expected: `${type} in ${other} message`,
    };
  }
  return undefined;
}

/** A call without a result, in an exchange where all calls lack one or only some do. */
function unanswered({ exchanges }: Conversation, which: 'all' | 'some'): Breach | undefined {
  for (const { calls, results } of exchanges) {
    const ids = new Set(results.map(({ id }) => id));
    const open = calls.find(({ id }) => !ids.has(id));
    const lacking = calls.some(({ id }) => ids.has(id)) ? 'some' : 'all';
    if (!open || lacking !== which) continue;
    return {
      pointer: placeOf(open.placed),
      message: `must be answered by a tool_result for "${open.id}" in the next message`,
      expected: 'a tool_result in the next message',
    };
  }
  return undefined;
}

/** A result without a call, in an exchange where all results lack one or only some do. */
function unasked({ exchanges }: Conversation, which: 'all' | 'some'): Breach | undefined {
  for (const { calls, results } of exchanges) {
    const ids = new Set(calls.map(({ id }) => id));
    const stray = results.find(({ id }) => !ids.has(id));
    const lacking = results.some(({ id }) => ids.has(id)) ? 'some' : 'all';
    if (!stray || lacking !== which) continue;
    return {
      pointer: pointerTo(placeOf(stray.placed), 'tool_use_id'),
      message: `must be the id of a tool_use in the previous message, and "${stray.id}" is not`,
      expected: 'an id of the previous message',
    };
  }
  return undefined;
}

/** A continued thread holds the calls on the server; the official tool runner then sends only the results. */
function continuesThread({ thread }: CheckedRequest, { betas }: RequestContext): boolean {
  return isJsonObject(thread) && hasLiveBeta(betas);
}
