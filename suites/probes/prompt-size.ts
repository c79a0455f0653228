import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

const longPrompt = `${'The cat sat on the mat. '.repeat(20)}Say hello.`;

export const promptSize: Probe = probe({
  id: 'prompt-size',
  title: 'A short prompt and a long one',
  cost: { requests: 2, outputTokens: 2 },
  steps: ['short', 'long'],
  async run({ model, send }) {
    await send('short', messagesRequest(sayHello(model)));
    await send('long', messagesRequest({ ...sayHello(model), messages: [{ role: 'user', content: longPrompt }] }));
  },
});
