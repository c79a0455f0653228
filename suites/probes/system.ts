import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

const prompt = 'You are a friendly assistant that answers in one short sentence.';

export const system: Probe = probe({
  id: 'system',
  title: 'A system prompt as a string, as blocks, and as blocks marked for the cache',
  cost: { requests: 4, outputTokens: 4 },
  steps: ['plain', 'string', 'blocks', 'cached'],
  async run({ model, send }) {
    const request = sayHello(model);
    const block = { type: 'text', text: prompt } as const;
    await send('plain', messagesRequest(request));
    await send('string', messagesRequest({ ...request, system: prompt }), { control: 'plain' });
    await send('blocks', messagesRequest({ ...request, system: [block] }), { control: 'plain' });
    await send('cached', messagesRequest({ ...request, system: [{ ...block, cache_control: { type: 'ephemeral' } }] }), {
      control: 'plain',
    });
  },
});
