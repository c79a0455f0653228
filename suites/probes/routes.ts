import { getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { sayHello } from './say-hello.ts';

/** What a browser asks before a page may send a Messages request to another origin. */
const preflightHeaders = {
  origin: 'https://conformance.example',
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'anthropic-dangerous-direct-browser-access,anthropic-version,content-type,x-api-key',
};

export const routes: Probe = probe({
  id: 'routes',
  title: 'The routes with and without a query, a path that does not exist, a method that does not fit, a question of a browser',
  cost: { requests: 11, outputTokens: 4 },
  steps: [
    'base',
    'base-stream',
    'beta-query',
    'beta-query-stream',
    'models',
    'models-beta-query',
    'model',
    'model-beta-query',
    'unknown-path',
    'wrong-method',
    'cors-preflight',
  ],
  async run({ model, send }) {
    const body = sayHello(model);
    const streamed = { ...body, stream: true };
    const item = `/v1/models/${encodeURIComponent(model)}`;
    const plain = await send('base', messagesRequest(body));
    await send('base-stream', messagesRequest(streamed));
    await send('beta-query', messagesRequest(body, '?beta=true'), { control: 'base' });
    await send('beta-query-stream', messagesRequest(streamed, '?beta=true'), { control: 'base-stream' });
    await send('models', getRequest('/v1/models'));
    await send('models-beta-query', getRequest('/v1/models?beta=true'), { control: 'models' });
    await send('model', getRequest(item));
    await send('model-beta-query', getRequest(`${item}?beta=true`), { control: 'model' });
    await send('unknown-path', getRequest('/v1/no-such-path'));
    await send('wrong-method', getRequest('/v1/messages'));
    if (!isAccepted(plain)) return;
    await send('cors-preflight', {
      method: 'OPTIONS',
      path: '/v1/messages',
      headers: { ...preflightHeaders, 'anthropic-version': null },
      auth: 'none',
    });
  },
});
