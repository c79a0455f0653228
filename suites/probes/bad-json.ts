import { messagesRequest, type Probe, type ProbeRequest, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

const raw = (text: string): ProbeRequest => ({
  method: 'POST',
  path: '/v1/messages',
  raw: text,
  headers: { 'content-type': 'application/json' },
});

export const badJson: Probe = probe({
  id: 'bad-json',
  title: 'Bodies that are not a JSON object',
  cost: { requests: 4, outputTokens: 1 },
  steps: ['control', 'truncated', 'array', 'empty'],
  async run({ model, send }) {
    const body = sayHello(model);
    await send('control', messagesRequest(body));
    await send('truncated', raw(JSON.stringify(body).slice(0, -1)), { control: 'control' });
    await send('array', raw(JSON.stringify([body])), { control: 'control' });
    await send('empty', raw(''), { control: 'control' });
  },
});
