import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

export const version: Probe = probe({
  id: 'version',
  title: 'Both live API versions, none, and one that does not exist',
  cost: { requests: 6, outputTokens: 6 },
  steps: ['2023-06-01', '2026-10-21', '2026-10-21-stream', '2026-10-21-temperature', 'missing', 'unknown'],
  async run({ model, send }) {
    const body = sayHello(model);
    const at = (value: string | null, json: Readonly<Record<string, unknown>> = body) => ({
      ...messagesRequest(json),
      headers: { 'anthropic-version': value },
    });
    await send('2023-06-01', at('2023-06-01'));
    await send('2026-10-21', at('2026-10-21'));
    await send('2026-10-21-stream', at('2026-10-21', { ...body, stream: true }));
    await send('2026-10-21-temperature', at('2026-10-21', { ...body, temperature: 1 }), { control: '2026-10-21' });
    await send('missing', at(null), { control: '2023-06-01' });
    await send('unknown', at('1999-01-01'), { control: '2023-06-01' });
  },
});
