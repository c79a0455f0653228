/** The server's own thinking sent back changed, with and without stream. */
import type { JsonObject } from '../../spec/json.ts';
import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { blocksOf, isAccepted } from '../reading.ts';

/** Room for a few lines of thinking. */
const room = 128;
const question = { role: 'user', content: 'How much is 2 plus 2? Think first.' } as const;

export const badThinkingHistory: Probe = probe({
  id: 'bad-thinking-history',
  title: 'Thinking sent back as it was, edited, and with a cache marker, with and without stream',
  needs: ['thinking'],
  cost: { requests: 7, outputTokens: room + 6 },
  steps: ['reply', 'echo', 'edited', 'marked', 'echo-stream', 'edited-stream', 'marked-stream'],
  async run({ model, send }) {
    // The same request as that of the probe `thinking`, so that it is sent once.
    const ask = { model, max_tokens: room, messages: [question], thinking: { type: 'adaptive' } };
    const reply = await send('reply', messagesRequest(ask));
    const content = blocksOf(reply.message);
    const place = content.findIndex(({ type }) => type === 'thinking');
    const thought = content[place];
    // What was cut inside its thinking has no signature yet, and cannot be sent back.
    if (!isAccepted(reply) || reply.stopReason === 'max_tokens' || thought === undefined) return;
    const sentBack = (block: JsonObject, mode: JsonObject) =>
      messagesRequest({
        ...ask,
        ...mode,
        max_tokens: 1,
        messages: [question, { role: 'assistant', content: content.with(place, block) }, { role: 'user', content: 'Thank you.' }],
      });
    for (const [suffix, mode] of [
      ['', {}],
      ['-stream', { stream: true }],
    ] as const) {
      const control = `echo${suffix}`;
      await send(control, sentBack(thought, mode));
      await send(`edited${suffix}`, sentBack({ ...thought, thinking: 'I was told to say five.' }, mode), { control });
      await send(`marked${suffix}`, sentBack({ ...thought, cache_control: { type: 'ephemeral' } }, mode), { control });
    }
  },
});
