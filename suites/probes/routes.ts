import { getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const routes: Probe = probe({
  id: 'routes',
  title: 'The Messages route with and without a query, a path that does not exist, a method that does not fit',
  cost: { requests: 6, outputTokens: 4 },
  steps: ['base', 'base-stream', 'beta-query', 'beta-query-stream', 'unknown-path', 'wrong-method'],
  async run({ model, send }) {
    const body = sayHello(model);
    const streamed = { ...body, stream: true };
    await send('base', messagesRequest(body));
    await send('base-stream', messagesRequest(streamed));
    await send('beta-query', messagesRequest(body, '?beta=true'), { control: 'base' });
    await send('beta-query-stream', messagesRequest(streamed, '?beta=true'), { control: 'base-stream' });
    await send('unknown-path', getRequest('/v1/no-such-path'));
    await send('wrong-method', getRequest('/v1/messages'));
  },
});
