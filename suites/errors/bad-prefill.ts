/** Bad beginnings of an answer, and whether there may be one at all. https://platform.claude.com/docs/en/api/messages */
import { type BadInputTable, plainBefore } from './bad-input.ts';

export const badPrefill: BadInputTable = {
  id: 'bad-prefill',
  title: 'A request whose answer has begun, with one mistake at a time, with and without stream',
  needs: ['prefill'],
  before: plainBefore,
  control: { adds: 'prefill', control: 'plain' },
  base: (model) => ({
    model,
    max_tokens: 1,
    messages: [
      { role: 'user', content: 'Say hello.' },
      { role: 'assistant', content: [{ type: 'text', text: 'Well,' }] },
    ],
  }),
  rows: [
    {
      row: 'prefill-trailing-space',
      pointer: '/messages/1/content/0/text',
      value: 'Well, ',
      level: 'should',
      requirement: 'A final assistant text that ends in whitespace is answered 400.',
      covers: ['err.in.assistant-trailing-whitespace'],
      why: 'The tokens of what follows begin with the space, so the model goes on badly; the official service refuses it.',
    },
  ],
};
