import { countTokensRequest, getRequest, messagesRequest, type Probe, probe, type ProbeRequest } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

const versions = ['2023-06-01', '2026-10-21'] as const;
const perVersion = ['', '-stream', '-temperature', '-no-messages', '-count', '-models'] as const;

export const version: Probe = probe({
  id: 'version',
  title: 'Both live API versions on all routes, none, and one that does not exist; whichever of them the run itself sends',
  cost: { requests: 2 * perVersion.length + 7, outputTokens: 15 },
  steps: [
    ...versions.flatMap((one) => perVersion.map((what) => `${one}${what}`)),
    '2026-10-21-temperature-stream',
    '2026-10-21-top-p',
    '2026-10-21-top-p-stream',
    '2026-10-21-top-k',
    '2026-10-21-top-k-stream',
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
    const newer = '2026-10-21';
    const streamed = { ...body, stream: true };
    await send(`${newer}-temperature-stream`, under(newer, messagesRequest({ ...streamed, temperature: 1 })), {
      control: `${newer}-stream`,
    });
    for (const [name, field] of [
      ['top-p', { top_p: 0.5 }],
      ['top-k', { top_k: 5 }],
    ] as const) {
      await send(`${newer}-${name}`, under(newer, messagesRequest({ ...body, ...field })), { control: newer });
      await send(`${newer}-${name}-stream`, under(newer, messagesRequest({ ...streamed, ...field })), { control: `${newer}-stream` });
    }
    await send('missing', under(null), { control: '2023-06-01' });
    await send('unknown', under('1999-01-01'), { control: '2023-06-01' });
  },
});
