import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { blocksOf, isAccepted } from '../reading.ts';

/** Room for a few lines of thinking; what is cut is judged as cut. */
export const room = 128;
const question = { role: 'user', content: 'How much is 2 plus 2? Think first.' } as const;

/** A question that a model which thinks will think about. */
export function askToThink(model: string): Readonly<Record<string, unknown>> {
  return { model, max_tokens: room, messages: [question] };
}

export const thinking: Probe = probe({
  id: 'thinking',
  title: 'Thinking switched on and off, and sent back',
  cost: { requests: 5, outputTokens: 4 * room + 1 },
  steps: ['plain', 'on', 'stream', 'off', 'echo'],
  async run({ model, send }) {
    const plain = askToThink(model);
    const on = { ...plain, thinking: { type: 'adaptive' } };
    await send('plain', messagesRequest(plain));
    const reply = await send('on', messagesRequest(on), { control: 'plain', adds: 'thinking' });
    await send('off', messagesRequest({ ...plain, thinking: { type: 'disabled' } }), { control: 'plain' });
    if (!isAccepted(reply)) return;
    await send('stream', messagesRequest({ ...on, stream: true }));
    const content = blocksOf(reply.message);
    // What was cut inside its thinking has no signature yet, and cannot be sent back.
    if (reply.stopReason === 'max_tokens' || !content.some(({ type }) => type === 'thinking')) return;
    const turns = [question, { role: 'assistant', content }, { role: 'user', content: 'Thank you.' }];
    await send('echo', messagesRequest({ ...on, max_tokens: 1, messages: turns }), { control: 'on' });
  },
});
