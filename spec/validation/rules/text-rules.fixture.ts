/** What the rules of `text-rules.ts` take, and what they refuse. */
import { assistant, image, type RuleCases, text, user } from './request-parts.fixture.ts';

export const textCases: RuleCases = {
  'content-empty-string': {
    taken: [{ messages: [user('x'), assistant('')] }],
    refused: [
      [{ messages: [user('')] }, 'messages.0.content: must not be empty, except in a final assistant message'],
      [{ messages: [user('x'), assistant(''), user('y')] }, 'messages.1.content: must not be empty, except in a final assistant message'],
    ],
  },
  'content-empty-array': {
    taken: [{ messages: [user('x'), assistant([])] }],
    refused: [
      [{ messages: [user([])] }, 'messages.0.content: must not be empty, except in a final assistant message'],
      [{ messages: [user('x'), assistant([]), user('y')] }, 'messages.1.content: must not be empty, except in a final assistant message'],
    ],
  },
  'text-whitespace-only': {
    taken: [{ messages: [user([text(' \n'), text('x')])] }, { messages: [user([image('AAAA')])] }],
    refused: [
      [{ messages: [user(' \n')] }, 'messages.0.content: must have a visible character'],
      [{ messages: [user([image('AAAA'), text(' ')])] }, 'messages.0.content.1.text: must have a visible character'],
    ],
  },
  'assistant-trailing-whitespace': {
    taken: [{ messages: [user('x'), assistant('y')] }, { messages: [assistant('y '), user('x')] }],
    refused: [
      [{ messages: [user('x'), assistant('y ')] }, 'messages.1.content: must not end in whitespace in a final assistant message'],
      [
        { messages: [user('x'), assistant([text('y\n')])] },
        'messages.1.content.0.text: must not end in whitespace in a final assistant message',
      ],
    ],
  },
  'stop-sequence-empty': {
    taken: [{ stop_sequences: [] }, { stop_sequences: ['a', ' b'] }],
    refused: [[{ stop_sequences: ['a', ''] }, 'stop_sequences.1: must not be empty']],
  },
  'stop-sequence-whitespace': {
    taken: [{ stop_sequences: ['\n\nHuman:'] }],
    refused: [[{ stop_sequences: ['a', '\n'] }, 'stop_sequences.1: must have a visible character']],
  },
};
