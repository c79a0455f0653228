// Rules on tools that the server runs itself: calls and results come in pairs inside one assistant turn.
// https://platform.claude.com/docs/en/agents-and-tools/tool-use/server-tools
import type { ServerToolResultBlockParam } from '../../generated/types.ts';
import { pointerTo } from '../problem.ts';
import type { Breach, RequestRule } from './request-rule.ts';
import { placeOf, type PlacedBlock, type Turn } from './turns.ts';

/** In the order in which they are checked. */
export const serverToolRules: readonly RequestRule[] = [
  {
    // A turn that paused ends in an open call, and so does one that also waits for a tool of the client.
    id: 'server-tool-unanswered',
    requirements: ['block.in.server-tool-history', 'srv.use-result-pairing'],
    certainty: 'doubtful',
    find: (_request, _context, { turns }) => {
      for (const turn of turns.slice(0, -1)) {
        const open = waitsForClient(turn) ? undefined : openCalls(turn)[0];
        if (!open) continue;
        return { pointer: placeOf(open), message: 'must be followed by its result in the same message', expected: 'the result block' };
      }
      return undefined;
    },
  },
  {
    id: 'server-tool-unasked',
    requirements: ['block.in.server-tool-history', 'srv.use-result-pairing'],
    certainty: 'doubtful',
    find: (_request, _context, { turns }) => {
      const asked = new Set<string>();
      for (const turn of turns) {
        if (turn.role !== 'assistant') continue;
        for (const placed of turn.blocks) {
          const { block } = placed;
          if (block.type === 'server_tool_use') asked.add(block.id);
          else if (isServerResult(block) && !asked.has(block.tool_use_id)) return unasked(placed);
        }
      }
      return undefined;
    },
  },
  {
    id: 'server-tool-mixed-turn',
    requirements: ['srv.mixed-turn'],
    certainty: 'doubtful',
    find: (_request, _context, { turns }) => {
      for (const [at, turn] of turns.entries()) {
        if (turn.role !== 'assistant' || !waitsForClient(turn) || openCalls(turn).length === 0) continue;
        const other = turns[at + 1]?.blocks.find(({ block }) => block.type !== 'tool_result');
        if (!other) continue;
        return {
          pointer: placeOf(other),
          message: 'must not be there while a server tool has no result: only tool_result blocks may follow',
          expected: 'tool_result blocks only',
        };
      }
      return undefined;
    },
  },
  {
    id: 'tool-reference-unknown',
    requirements: ['tools.result.tool-reference'],
    certainty: 'doubtful',
    find: ({ tools = [] }, _context, { exchanges }) => {
      const names = new Set(tools.map((tool) => ('name' in tool ? tool.name : undefined)));
      // A toolset brings tools whose names are not in the request.
      if (names.has(undefined)) return undefined;
      for (const { results } of exchanges) {
        for (const { placed } of results) {
          const { block } = placed;
          if (block.type !== 'tool_result' || !Array.isArray(block.content)) continue;
          const at = block.content.findIndex((part) => part.type === 'tool_reference' && !names.has(part.tool_name));
          if (at === -1) continue;
          const pointer = pointerTo(placeOf(placed), 'content', at, 'tool_name');
          return { pointer, message: 'must be the name of one of the tools', expected: 'name of a tool' };
        }
      }
      return undefined;
    },
  },
];

const resultTypes: ReadonlySet<string> = new Set<ServerToolResultBlockParam['type']>([
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
]);

function isServerResult(block: PlacedBlock['block']): block is ServerToolResultBlockParam {
  return resultTypes.has(block.type);
}

function waitsForClient({ blocks }: Turn): boolean {
  return blocks.some(({ block }) => block.type === 'tool_use');
}

/** Calls of server tools that have no result in their own turn. */
function openCalls({ role, blocks }: Turn): readonly PlacedBlock[] {
  if (role !== 'assistant') return [];
  const calls = blocks.filter(({ block }) => block.type === 'server_tool_use');
  if (calls.length === 0) return calls;
  const answered = new Set(
    blocks.flatMap(({ block }) => (block.type.endsWith('_tool_result') && 'tool_use_id' in block ? [block.tool_use_id] : [])),
  );
  return calls.filter(({ block }) => block.type === 'server_tool_use' && !answered.has(block.id));
}

function unasked(placed: PlacedBlock): Breach {
  return {
    pointer: pointerTo(placeOf(placed), 'tool_use_id'),
    message: 'must be the id of a server_tool_use before it',
    expected: 'an id of a server_tool_use',
  };
}
