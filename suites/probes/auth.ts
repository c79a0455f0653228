import { countTokensRequest, getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const auth: Probe = probe({
  id: 'auth',
  title: 'The key in either header and in both, no key, a wrong key; only where the run has a key',
  cost: { requests: 12, outputTokens: 8 },
  steps: [
    'base',
    'x-api-key',
    'bearer',
    'bearer-lowercase',
    'both',
    'bearer-beside-wrong',
    'missing',
    'wrong',
    'missing-invalid',
    'invalid',
    'missing-models',
    'missing-count',
  ],
  needsKey: true,
  async run({ model, send }) {
    const request = messagesRequest(sayHello(model));
    const invalid = messagesRequest({ model, messages: [] });
    await send('base', request);
    for (const way of ['x-api-key', 'bearer', 'bearer-lowercase', 'both', 'bearer-beside-wrong'] as const) {
      await send(way, { ...request, auth: way });
    }
    await send('missing', { ...request, auth: 'none' }, { control: 'base' });
    await send('wrong', { ...request, auth: 'wrong' }, { control: 'base' });
    await send('missing-invalid', { ...invalid, auth: 'none' }, { control: 'invalid' });
    await send('invalid', invalid);
    await send('missing-models', { ...getRequest('/v1/models'), auth: 'none' });
    await send('missing-count', { ...countTokensRequest({ model, messages: [{ role: 'user', content: 'Say hello.' }] }), auth: 'none' });
  },
});
