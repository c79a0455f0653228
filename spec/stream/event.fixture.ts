// Short ways to write stream events in tests.
import * as fc from 'fast-check';
import type { GrammarEvent } from './grammar-event.ts';

export const messageStart: GrammarEvent = { type: 'message_start' };
export const messageDelta: GrammarEvent = { type: 'message_delta' };
export const messageStop: GrammarEvent = { type: 'message_stop' };
export const ping: GrammarEvent = { type: 'ping' };
export const error: GrammarEvent = { type: 'error' };

export const start = (index: unknown, blockType = 'text'): GrammarEvent => ({ type: 'content_block_start', index, blockType });
export const delta = (index: unknown, deltaType = 'text_delta'): GrammarEvent => ({ type: 'content_block_delta', index, deltaType });
export const stop = (index: unknown): GrammarEvent => ({ type: 'content_block_stop', index });

/** A whole block with a delta, of which the tests remove something. */
export const textBlock = (index: number): readonly GrammarEvent[] => [start(index), delta(index), stop(index)];

const block = fc.oneof(
  fc.nat(3).map((count) => ({ type: 'text', deltas: Array.from({ length: count }, () => 'text_delta') })),
  fc.nat(3).map((count) => ({ type: 'tool_use', deltas: Array.from({ length: count }, () => 'input_json_delta') })),
  fc.nat(3).map((count) => ({ type: 'thinking', deltas: [...Array.from({ length: count }, () => 'thinking_delta'), 'signature_delta'] })),
  fc.constant({ type: 'redacted_thinking', deltas: [] as string[] }),
  fc.constant({ type: 'hologram', deltas: ['wave_delta'] }),
);

/** Every correct stream without noise: any blocks, one or more message_delta, and an end. */
export const correctStream: fc.Arbitrary<readonly GrammarEvent[]> = fc
  .record({ blocks: fc.array(block, { maxLength: 5 }), deltas: fc.integer({ min: 1, max: 3 }) })
  .map(({ blocks, deltas }) => {
    const events = [messageStart];
    for (const [index, { type, deltas: kinds }] of blocks.entries()) {
      events.push(start(index, type), ...kinds.map((kind) => delta(index, kind)), stop(index));
    }
    for (let count = 0; count < deltas; count++) events.push(messageDelta);
    events.push(messageStop);
    return events;
  });
