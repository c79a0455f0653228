/** What the rules of `version-rules.ts` take, and what they refuse. */
import { assistant, document, result, type RuleCases, searchResult, text, use, user } from './request-parts.fixture.ts';

const cited = {
  type: 'text',
  text: 'x',
  citations: [{ type: 'char_location', cited_text: 'x', document_index: 0, start_char_index: 0, end_char_index: 1 }],
};

export const versionCases: RuleCases = {
  'sampling-2026': {
    newer: true,
    taken: [{ stop_sequences: ['x'] }],
    refused: [
      [{ temperature: 1 }, 'temperature: does not exist from API version 2026-10-21 on'],
      [{ top_p: 0.5 }, 'top_p: does not exist from API version 2026-10-21 on'],
      [{ top_k: 1 }, 'top_k: does not exist from API version 2026-10-21 on'],
    ],
  },
  'document-in-assistant-2026': {
    newer: true,
    taken: [{ messages: [user([document])] }, { messages: [assistant([use('a')]), user([{ ...result('a'), content: [document] }])] }],
    refused: [
      [
        { messages: [assistant([text('x'), document]), user('go on')] },
        'messages.0.content.1: must not be a document in an assistant message from API version 2026-10-21 on',
      ],
    ],
  },
  'citations-in-user-2026': {
    newer: true,
    taken: [
      { messages: [user([searchResult([text('x')])])] },
      { messages: [user([{ ...text('x'), citations: [] }])] },
      { messages: [assistant([cited]), user('go on')] },
    ],
    refused: [
      [{ messages: [user([cited])] }, 'messages.0.content.0.citations: must be empty in a user message from API version 2026-10-21 on'],
      [
        { messages: [user([searchResult([text('x'), cited])])] },
        'messages.0.content.0.content.1.citations: must be empty in a user message from API version 2026-10-21 on',
      ],
    ],
  },
};
