import { countTokensRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { fruit, lamp } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

const sentence = 'Say hello.';
const user = (content: unknown) => ({ role: 'user', content });

export const count: Probe = probe({
  id: 'count',
  title: 'Token counts of one prompt and of its variations; nothing is generated',
  cost: { requests: 13, outputTokens: 1 },
  steps: [
    'plain',
    'base',
    'again',
    'beta-query',
    'longer',
    'turns',
    'system',
    'tools',
    'block',
    'cache-control',
    'tool-history',
    'unknown-model',
    'no-messages',
  ],
  async run({ model, send }) {
    const body = { model, messages: [user(sentence)] };
    const base = countTokensRequest(body);
    await send('plain', messagesRequest(sayHello(model)));
    await send('base', base, { adds: 'count-tokens', control: 'plain' });
    await send('again', base, { fresh: true });
    await send('beta-query', { ...base, path: `${base.path}?beta=true` }, { control: 'base' });
    await send('longer', countTokensRequest({ model, messages: [user(`${sentence} ${'Then name a colour that you like. '.repeat(20)}`)] }));
    await send(
      'turns',
      countTokensRequest({ model, messages: [user(sentence), { role: 'assistant', content: 'Hello.' }, user('Once more, please.')] }),
    );
    await send('system', countTokensRequest({ ...body, system: 'You answer in one short and friendly sentence.' }));
    await send('tools', countTokensRequest({ ...body, tools: [lamp, fruit] }));
    await send('block', countTokensRequest({ model, messages: [user([{ type: 'text', text: sentence }])] }));
    await send(
      'cache-control',
      countTokensRequest({ model, messages: [user([{ type: 'text', text: sentence, cache_control: { type: 'ephemeral' } }])] }),
    );
    await send(
      'tool-history',
      countTokensRequest({
        model,
        tools: [lamp, fruit],
        messages: [
          user('Switch the lamp on.'),
          { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01ConformanceA', name: lamp.name, input: { state: 'on' } }] },
          user([{ type: 'tool_result', tool_use_id: 'toolu_01ConformanceA', content: 'The lamp is on.' }]),
        ],
      }),
    );
    await send('unknown-model', countTokensRequest({ ...body, model: 'no-such-model-7f3a' }), { control: 'base' });
    await send('no-messages', countTokensRequest({ model }), { control: 'base' });
  },
});
