/** What the rules of `tool-pairing-rules.ts` take, and what they refuse. */
import { assistant, result, type RuleCases, serverResult, serverUse, system, text, use, user } from './request-parts.fixture.ts';

export const toolPairingCases: RuleCases = {
  'tool-use-in-user': {
    taken: [{ messages: [assistant([use('a')]), user([result('a')])] }],
    refused: [[{ messages: [user([use('a')])] }, 'messages.0.content.0: must be in an assistant message, because it is a tool_use']],
  },
  'tool-result-in-assistant': {
    taken: [{ messages: [assistant([use('a')]), user([result('a')])] }],
    refused: [
      [{ messages: [user('x'), assistant([result('a')])] }, 'messages.1.content.0: must be in a user message, because it is a tool_result'],
    ],
  },
  'tool-use-duplicate-id': {
    taken: [{ messages: [assistant([use('a'), use('b')]), user([result('a'), result('b')])] }],
    refused: [
      [
        { messages: [assistant([use('a'), use('a')]), user([result('a')])] },
        'messages.0.content.1.id: must be unique among all tool_use blocks',
      ],
      [
        { messages: [assistant([use('a')]), user([result('a')]), assistant([use('a')]), user([result('a')])] },
        'messages.2.content.0.id: must be unique among all tool_use blocks',
      ],
    ],
  },
  'tool-result-missing': {
    taken: [
      { messages: [assistant([text('x'), use('a')]), user([result('a'), text('y')])] },
      { messages: [assistant([use('a')]), user([result('a')]), assistant([use('b')]), user([result('b')])] },
    ],
    refused: [
      [
        { messages: [assistant([use('a')]), user('x')] },
        'messages.0.content.0: must be answered by a tool_result for "a" in the next message',
      ],
      [
        { messages: [user('x'), assistant([use('a')])] },
        'messages.1.content.0: must be answered by a tool_result for "a" in the next message',
      ],
      [
        { messages: [assistant([use('a')]), system('x'), user([result('a')])] },
        'messages.0.content.0: must be answered by a tool_result for "a" in the next message',
      ],
    ],
  },
  'tool-result-partial': {
    taken: [
      { messages: [assistant([use('a'), use('b')]), user([result('b'), result('a')])] },
      // Consecutive messages of one role are one turn, so answers may be split.
      { messages: [assistant([use('a'), use('b')]), user([result('a')]), user([result('b')])] },
    ],
    refused: [
      [
        { messages: [assistant([use('a'), use('b')]), user([result('a')])] },
        'messages.0.content.1: must be answered by a tool_result for "b" in the next message',
      ],
    ],
  },
  'tool-result-orphan': {
    taken: [{ messages: [assistant([use('a')]), user([result('a')])] }],
    refused: [
      [
        { messages: [user([result('a')])] },
        'messages.0.content.0.tool_use_id: must be the id of a tool_use in the previous message, and "a" is not',
      ],
      [
        { messages: [assistant([serverUse, serverResult]), user([result('srvtoolu_1')])] },
        'messages.1.content.0.tool_use_id: must be the id of a tool_use in the previous message, and "srvtoolu_1" is not',
      ],
    ],
  },
  'tool-result-extra-id': {
    taken: [{ messages: [assistant([use('a')]), user([result('a')])] }],
    refused: [
      [
        { messages: [assistant([use('a')]), user([result('a'), result('b')])] },
        'messages.1.content.1.tool_use_id: must be the id of a tool_use in the previous message, and "b" is not',
      ],
    ],
  },
  'tool-result-duplicate': {
    taken: [{ messages: [assistant([use('a')]), user([result('a')])] }],
    refused: [
      [
        { messages: [assistant([use('a')]), user([result('a'), result('a')])] },
        'messages.1.content.1: must be the only tool_result of its id',
      ],
    ],
  },
  'tool-result-not-first': {
    taken: [{ messages: [assistant([use('a')]), user([result('a'), text('x')])] }],
    refused: [
      [
        { messages: [assistant([use('a')]), user([text('x'), result('a')])] },
        'messages.1.content.0: must come after the tool_result blocks',
      ],
    ],
  },
};
