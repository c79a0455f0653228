import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const badSeveral: Probe = probe({
  id: 'bad-several',
  title: 'A request with several mistakes at once',
  cost: { requests: 2, outputTokens: 2 },
  steps: ['control', 'several'],
  async run({ model, send }) {
    const body = sayHello(model);
    await send('control', messagesRequest(body));
    const several = { ...body, max_tokens: 'one', messages: [{ role: 'function', content: 7 }], system: 7 };
    await send('several', messagesRequest(several), { control: 'control' });
  },
});
