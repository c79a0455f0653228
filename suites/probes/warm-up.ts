import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const warmUp: Probe = probe({
  id: 'warm-up',
  title: 'A request that only fills the cache: max_tokens 0',
  cost: { requests: 2, outputTokens: 1 },
  steps: ['one', 'zero'],
  async run({ model, send }) {
    await send('one', messagesRequest(sayHello(model)));
    await send('zero', messagesRequest({ ...sayHello(model), max_tokens: 0 }), { control: 'one' });
  },
});
