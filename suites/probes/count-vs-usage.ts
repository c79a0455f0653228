import { countTokensRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { fruit, lamp } from './lamp-and-fruit.ts';

export const countVsUsage: Probe = probe({
  id: 'count-vs-usage',
  title: 'One prompt counted and sent, without tools and with them',
  needs: ['count-tokens'],
  cost: { requests: 4, outputTokens: 2 },
  steps: ['count', 'message', 'count-tools', 'message-tools'],
  async run({ model, send }) {
    const prompt = {
      model,
      system: 'You answer in one short and friendly sentence.',
      messages: [
        { role: 'user', content: 'Name three things that one can do on a rainy afternoon at home.' },
        { role: 'assistant', content: 'Read a book, bake bread, or write a letter to a friend.' },
        { role: 'user', content: 'Say hello.' },
      ],
    };
    await send('count', countTokensRequest(prompt));
    await send('message', messagesRequest({ ...prompt, max_tokens: 1 }));
    const withTools = { ...prompt, tools: [lamp, fruit] };
    await send('count-tools', countTokensRequest(withTools));
    await send('message-tools', messagesRequest({ ...withTools, max_tokens: 1 }));
  },
});
