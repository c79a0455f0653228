/** What the rules of `search-result-rules.ts` take, and what they refuse. */
import { assistant, result, type RuleCases, searchResult, text, use, user } from './request-parts.fixture.ts';

export const searchResultCases: RuleCases = {
  'search-result-in-assistant': {
    validity: 'unknown',
    taken: [{ messages: [user([searchResult([text('x')])])] }],
    refused: [
      [
        { messages: [assistant([searchResult([text('x')])]), user('go on')] },
        'messages.0.content.0: must be in a user message, because it is a search_result',
      ],
    ],
  },
  'search-result-mixed': {
    validity: 'unknown',
    taken: [
      { messages: [assistant([use('a')]), user([{ ...result('a'), content: [searchResult([text('x')]), searchResult([text('y')])] }])] },
      { messages: [user([searchResult([text('x')]), text('what?')])] },
    ],
    refused: [
      [
        { messages: [assistant([use('a')]), user([{ ...result('a'), content: [searchResult([text('x')]), text('y')] }])] },
        'messages.1.content.0.content.1: must be a search_result like the blocks beside it',
      ],
    ],
  },
};
