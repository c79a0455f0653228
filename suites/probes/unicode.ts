import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

/** An emoji with a modifier, a combining mark, right-to-left text, CJK, and one character as an escaped surrogate pair. */
const text = 'Say hello. 👋🏽 e\u0301 שלום 你好 ';
const escapedPair = String.raw`\ud83d\ude00`;

export const unicode: Probe = probe({
  id: 'unicode',
  title: 'Text beyond ASCII in the request body',
  cost: { requests: 2, outputTokens: 2 },
  steps: ['base', 'text'],
  async run({ model, send }) {
    await send('base', messagesRequest(sayHello(model)));
    const body = JSON.stringify({ ...sayHello(model), messages: [{ role: 'user', content: `${text}@` }] }).replace('@"', `${escapedPair}"`);
    await send(
      'text',
      { method: 'POST', path: '/v1/messages', raw: body, headers: { 'content-type': 'application/json' } },
      { control: 'base' },
    );
  },
});
