import { countTokensRequest, getRequest, messagesRequest, type Probe, probe, type ProbeRequest } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

const versions = ['2023-06-01', '2026-10-21'] as const;
const perVersion = ['', '-stream', '-temperature', '-no-messages', '-count', '-models'] as const;

export const version: Probe = probe({
  id: 'version',
  title: 'Both live API versions on all routes, none, and one that does not exist; whichever of them the run itself sends',
  cost: { requests: 2 * perVersion.length + 4, outputTokens: 12 },
  steps: [
    ...versions.flatMap((one) => perVersion.map((what) => `${one}${what}`)),
    '2026-10-21-top-p',
    '2026-10-21-top-k',
    'missing',
    'unknown',
  ],
  async run({ model, send, modelsPath }) {
    const body = sayHello(model);
    const under = (value: string | null, request: ProbeRequest = messagesRequest(body)): ProbeRequest => ({
      ...request,
      headers: { 'anthropic-version': value },
    });
    const counted = countTokensRequest({ model, messages: [{ role: 'user', content: 'Say hello.' }] });
    for (const one of versions) {
      const control = { control: one };
      await send(one, under(one));
      await send(`${one}-stream`, under(one, messagesRequest({ ...body, stream: true })));
      await send(`${one}-temperature`, under(one, messagesRequest({ ...body, temperature: 1 })), control);
      await send(`${one}-no-messages`, under(one, messagesRequest({ model, max_tokens: 1 })), control);
      // Whether the routes are there is what the older version shows.
      const older = one === '2023-06-01';
      await send(`${one}-count`, under(one, counted), older ? { ...control, adds: 'count-tokens' } : {});
      await send(`${one}-models`, under(one, getRequest(modelsPath)), older ? { adds: 'models' } : {});
    }
    await send('2026-10-21-top-p', under('2026-10-21', messagesRequest({ ...body, top_p: 0.5 })), { control: '2026-10-21' });
    await send('2026-10-21-top-k', under('2026-10-21', messagesRequest({ ...body, top_k: 5 })), { control: '2026-10-21' });
    await send('missing', under(null), { control: '2023-06-01' });
    await send('unknown', under('1999-01-01'), { control: '2023-06-01' });
  },
});
