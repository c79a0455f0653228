import { countTokensRequest, getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const auth: Probe = probe({
  id: 'auth',
  title: 'The key in either header, no key, a wrong key; only where the run has a key',
  cost: { requests: 9, outputTokens: 5 },
  steps: ['base', 'x-api-key', 'bearer', 'missing', 'wrong', 'missing-invalid', 'invalid', 'missing-models', 'missing-count'],
  needsKey: true,
  async run({ model, send }) {
    const request = messagesRequest(sayHello(model));
    const invalid = messagesRequest({ model, messages: [] });
    await send('base', request);
    await send('x-api-key', { ...request, auth: 'x-api-key' });
    await send('bearer', { ...request, auth: 'bearer' });
    await send('missing', { ...request, auth: 'none' }, { control: 'base' });
    await send('wrong', { ...request, auth: 'wrong' }, { control: 'base' });
    await send('missing-invalid', { ...invalid, auth: 'none' }, { control: 'invalid' });
    await send('invalid', invalid);
    await send('missing-models', { ...getRequest('/v1/models'), auth: 'none' });
    await send('missing-count', { ...countTokensRequest({ model, messages: [{ role: 'user', content: 'Say hello.' }] }), auth: 'none' });
  },
});
