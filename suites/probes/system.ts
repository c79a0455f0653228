import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

const prompt = 'You are a friendly assistant that answers in one short sentence.';
/** To compare with: several chat templates write a longer default where a request has none, Qwen 2.5's among them. */
const shorter = 'Be kind.';

export const system: Probe = probe({
  id: 'system',
  title: 'A system prompt as a string, as blocks, and as blocks marked for the cache',
  cost: { requests: 5, outputTokens: 5 },
  steps: ['plain', 'short', 'string', 'blocks', 'cached'],
  async run({ model, send }) {
    const request = sayHello(model);
    const block = { type: 'text', text: prompt } as const;
    await send('plain', messagesRequest(request));
    await send('short', messagesRequest({ ...request, system: shorter }), { control: 'plain' });
    await send('string', messagesRequest({ ...request, system: prompt }), { control: 'plain' });
    await send('blocks', messagesRequest({ ...request, system: [block] }), { control: 'plain' });
    await send('cached', messagesRequest({ ...request, system: [{ ...block, cache_control: { type: 'ephemeral' } }] }), {
      control: 'plain',
    });
  },
});
