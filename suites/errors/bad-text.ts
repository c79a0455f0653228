/** Empty and blank texts in a conversation, known from reports of users. https://platform.claude.com/docs/en/api/messages */
import type { BadInputTable } from './bad-input.ts';
import { hidden } from './reasons.ts';

export const badText: BadInputTable = {
  id: 'bad-text',
  title: 'A conversation with one empty or blank text, with and without stream',
  why: hidden,
  base: (model) => ({
    model,
    max_tokens: 1,
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Good morning.' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Good morning!' }] },
      { role: 'user', content: [{ type: 'text', text: 'Say hello.' }] },
    ],
  }),
  rows: [
    {
      row: 'content-string-empty',
      pointer: '/messages/0/content',
      value: '',
      level: 'should',
      requirement: 'Content that is an empty string is answered 400, except in a final assistant message.',
      covers: ['err.in.content-empty-string'],
    },
    {
      row: 'content-array-empty',
      pointer: '/messages/0/content',
      value: [],
      level: 'should',
      requirement: 'Content that is an empty array is answered 400, except in a final assistant message.',
      covers: ['err.in.content-empty-array'],
    },
    {
      row: 'text-blank',
      pointer: '/messages/0/content/0/text',
      value: ' \n',
      level: 'should',
      requirement: 'A message whose only text is whitespace is answered 400.',
      covers: ['err.in.text-whitespace-only'],
    },
    {
      row: 'assistant-content-empty',
      pointer: '/messages/1/content',
      value: [],
      level: 'should',
      requirement: 'An assistant message without content is answered 400, except as the last one.',
      covers: ['err.in.content-empty-array', 'block.in.empty-assistant-echo'],
      why: 'A reply without content cannot be sent back; clients drop it, because the official service refuses it.',
    },
    {
      row: 'assistant-text-empty',
      pointer: '/messages/1/content/0/text',
      value: '',
      level: 'should',
      requirement: 'An empty text block in an assistant message is answered 400.',
      covers: ['err.in.text-empty'],
      why: 'A server that sends empty text blocks makes histories that it must then refuse.',
    },
  ],
};
