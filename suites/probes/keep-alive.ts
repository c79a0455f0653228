import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const keepAlive: Probe = probe({
  id: 'keep-alive',
  title: 'One connection for a JSON answer, a stream, a refusal, and what comes after each',
  cost: { requests: 5, outputTokens: 5 },
  // Alone, so that no other probe takes the connection in between.
  exclusive: true,
  steps: ['json', 'stream', 'between', 'refusal', 'last'],
  async run({ model, send }) {
    const body = sayHello(model);
    const fresh = { fresh: true } as const;
    await send('json', messagesRequest(body), { fresh: true, connection: 'new' });
    await send('stream', messagesRequest({ ...body, stream: true }), fresh);
    await send('between', messagesRequest(body), fresh);
    await send('refusal', messagesRequest({ ...body, messages: [] }), fresh);
    await send('last', messagesRequest(body), fresh);
  },
});
