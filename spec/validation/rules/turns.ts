// Consecutive messages of one role count as one turn; rules about the order of a conversation look at turns.
// https://platform.claude.com/docs/en/api/messages (parameter `messages`)
import type { ContentBlockParam, MessageParam } from '../../generated/types.ts';
import { pointerTo } from '../problem.ts';

/** A content block and where it is. Pointers are made only for what turns out to be wrong, since a conversation is long. */
export interface PlacedBlock {
  readonly block: ContentBlockParam;
  /** Position of its message. */
  readonly message: number;
  /** Position in the content; undefined where the content is a string. */
  readonly at: number | undefined;
}

/** Consecutive messages of one role. */
export interface Turn {
  readonly role: MessageParam['role'];
  /** Position of the first message. */
  readonly message: number;
  /** The blocks of all messages, in order; string content counts as one text block. */
  readonly blocks: readonly PlacedBlock[];
}

/** A turn of calls and the turn after it, which should answer them; either may be missing. */
export interface ToolExchange {
  readonly calls: readonly PlacedCall[];
  readonly results: readonly PlacedCall[];
  readonly answer: Turn | undefined;
}

/** A tool_use, or a tool_result that refers to one. */
export interface PlacedCall {
  readonly id: string;
  readonly placed: PlacedBlock;
}

/** What the rules about order share, so that it is made once for a request. */
export interface Conversation {
  readonly turns: readonly Turn[];
  readonly exchanges: readonly ToolExchange[];
}

/** Looks at messages as a conversation. */
export function conversationOf(messages: readonly MessageParam[]): Conversation {
  const turns = turnsOf(messages);
  return { turns, exchanges: exchangesOf(turns) };
}

/** JSON Pointer of a block. */
export function placeOf({ message, at }: PlacedBlock): string {
  return at === undefined ? pointerTo('/messages', message, 'content') : pointerTo('/messages', message, 'content', at);
}

function turnsOf(messages: readonly MessageParam[]): readonly Turn[] {
  const turns: (Turn & { readonly blocks: PlacedBlock[] })[] = [];
  for (const [message, { role, content }] of messages.entries()) {
    let turn = turns.at(-1);
    if (turn?.role !== role) {
      turn = { role, message, blocks: [] };
      turns.push(turn);
    }
    if (typeof content === 'string') turn.blocks.push({ block: { type: 'text', text: content }, message, at: undefined });
    else for (const [at, block] of content.entries()) turn.blocks.push({ block, message, at });
  }
  return turns;
}

function exchangesOf(turns: readonly Turn[]): readonly ToolExchange[] {
  const exchanges: ToolExchange[] = [];
  // One step past the end, where calls of the last turn stay unanswered.
  for (let at = 0; at <= turns.length; at++) {
    const before = turns[at - 1];
    const turn = turns[at];
    const answer = turn?.role === 'user' ? turn : undefined;
    const calls = before?.role === 'assistant' ? callsIn(before) : [];
    const results = answer ? resultsIn(answer) : [];
    if (calls.length > 0 || results.length > 0) exchanges.push({ calls, results, answer });
  }
  return exchanges;
}

function callsIn(turn: Turn): readonly PlacedCall[] {
  const calls: PlacedCall[] = [];
  for (const placed of turn.blocks) if (placed.block.type === 'tool_use') calls.push({ id: placed.block.id, placed });
  return calls;
}

function resultsIn(turn: Turn): readonly PlacedCall[] {
  const results: PlacedCall[] = [];
  for (const placed of turn.blocks) if (placed.block.type === 'tool_result') results.push({ id: placed.block.tool_use_id, placed });
  return results;
}
