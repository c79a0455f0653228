import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

/** The beginning of a sentence that no model would begin, and none would begin again. */
export const begun = 'Quorvex 4417 hums softly while the';

/** Enough for a reply that repeats the beginning. */
const room = 24;

export const prefill: Probe = probe({
  id: 'prefill',
  title: 'A conversation that ends with the beginning of the reply, without stream and as a stream',
  cost: { requests: 3, outputTokens: 1 + 2 * room },
  steps: ['plain', 'json', 'stream'],
  async run({ model, send }) {
    const plain = sayHello(model);
    const request = {
      model,
      max_tokens: room,
      messages: [
        { role: 'user', content: 'Say hello.' },
        { role: 'assistant', content: begun },
      ],
    };
    await send('plain', messagesRequest(plain));
    await send('json', messagesRequest(request), { control: 'plain', adds: 'prefill' });
    await send('stream', messagesRequest({ ...request, stream: true }));
  },
});
