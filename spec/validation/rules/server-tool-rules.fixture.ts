/** What the rules of `server-tool-rules.ts` take, and what they refuse. */
import { assistant, result, type RuleCases, serverResult, serverUse, text, tool, use, user } from './request-parts.fixture.ts';

const reference = (name: string): object => ({ type: 'tool_reference', tool_name: name });

export const serverToolCases: RuleCases = {
  'server-tool-unanswered': {
    validity: 'unknown',
    taken: [
      { messages: [user('x'), assistant([serverUse, serverResult, text('y')]), user('z')] },
      { messages: [user('x'), assistant([text('y'), serverUse])] },
      { messages: [assistant([serverUse, use('a')]), user([result('a')])] },
    ],
    refused: [
      [
        { messages: [assistant([text('x'), serverUse]), user('y')] },
        'messages.0.content.1: must be followed by its result in the same message',
      ],
    ],
  },
  'server-tool-unasked': {
    validity: 'unknown',
    taken: [{ messages: [assistant([serverUse, use('a')]), user([result('a')]), assistant([serverResult, text('x')]), user('y')] }],
    refused: [
      [
        { messages: [assistant([serverResult]), user('x')] },
        'messages.0.content.0.tool_use_id: must be the id of a server_tool_use before it',
      ],
    ],
  },
  'server-tool-mixed-turn': {
    validity: 'unknown',
    taken: [
      { messages: [assistant([serverUse, use('a')]), user([result('a')])] },
      { messages: [assistant([serverUse, serverResult, use('a')]), user([result('a'), text('x')])] },
    ],
    refused: [
      [
        { messages: [assistant([serverUse, use('a')]), user([result('a'), text('x')])] },
        'messages.1.content.1: must not be there while a server tool has no result: only tool_result blocks may follow',
      ],
    ],
  },
  'tool-reference-unknown': {
    validity: 'unknown',
    taken: [
      { tools: [tool('b')], messages: [assistant([use('a')]), user([{ ...result('a'), content: [reference('b')] }])] },
      {
        tools: [{ type: 'browser_toolset_20260801' }],
        messages: [assistant([use('a')]), user([{ ...result('a'), content: [reference('b')] }])],
      },
    ],
    refused: [
      [
        { tools: [tool('c')], messages: [assistant([use('a')]), user([{ ...result('a'), content: [reference('b')] }])] },
        'messages.1.content.0.content.0.tool_name: must be the name of one of the tools',
      ],
    ],
  },
};
