import { describe, expect, test } from 'vitest';
import { describeProblem } from './problem.ts';
import { requestRules } from './request-rules.ts';
import { requestProblems, requestValidity, type RequestEndpoint } from './validate-request.ts';

const older = { version: '2023-06-01', betas: [] };
const newer = { version: '2026-10-21', betas: [] };

const user = (content: unknown): object => ({ role: 'user', content });
const assistant = (content: unknown): object => ({ role: 'assistant', content });
const system = (content: unknown): object => ({ role: 'system', content });
const text = (value: string): object => ({ type: 'text', text: value });
const use = (id: string): object => ({ type: 'tool_use', id, name: 'look', input: {} });
const result = (id: string): object => ({ type: 'tool_result', tool_use_id: id });
const tool = (name: string): object => ({ name, input_schema: { type: 'object' } });
const marked = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } };
const cited = {
  type: 'text',
  text: 'x',
  citations: [{ type: 'char_location', cited_text: 'x', document_index: 0, start_char_index: 0, end_char_index: 1 }],
};
const image = (data: string): object => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });
const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } };
const searchResult = (content: unknown): object => ({
  type: 'search_result',
  source: 's',
  title: 't',
  content,
  citations: { enabled: true },
});
const thinking = { type: 'enabled', budget_tokens: 1024 };
const serverUse = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} };
const serverResult = { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] };

type Fields = Readonly<Record<string, unknown>>;

/** For every rule: requests that it takes, and requests that it refuses with what it says of them. */
const cases: Readonly<Record<string, { taken: readonly Fields[]; refused: readonly (readonly [Fields, string])[]; newer?: true }>> = {
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
  'system-role-first': {
    taken: [{ messages: [user('x'), system('y')] }],
    refused: [[{ messages: [system('x'), assistant('y')] }, 'messages.0.role: must not be "system" in the first message']],
  },
  'system-role-misplaced': {
    taken: [
      { messages: [user('x'), user('y'), system('z')] },
      { messages: [user('x'), system('y'), system([text('z')]), assistant('a'), user('b')] },
      { messages: [user('x'), assistant([serverUse, serverResult]), system('y')] },
    ],
    refused: [
      [
        { messages: [user('x'), assistant('y'), system('z')] },
        'messages.2: must come right after a user message and be last or followed by an assistant message',
      ],
      [
        { messages: [user('x'), system('y'), user('z')] },
        'messages.1: must come right after a user message and be last or followed by an assistant message',
      ],
    ],
  },
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
  'tool-duplicate-name': {
    taken: [{ tools: [tool('a'), tool('b'), { type: 'browser_toolset_20260801' }, { type: 'computer_toolset_20260801' }] }],
    refused: [
      [{ tools: [tool('a'), tool('a')] }, 'tools.1.name: must be unique among the tools'],
      [{ tools: [tool('bash'), { type: 'bash_20250124', name: 'bash' }] }, 'tools.1.name: must be unique among the tools'],
    ],
  },
  'tool-choice-without-tools': {
    taken: [
      { tool_choice: { type: 'none' } },
      { tool_choice: { type: 'auto' }, tools: [] },
      { tool_choice: { type: 'any' }, tools: [tool('a')] },
    ],
    refused: [
      [{ tool_choice: { type: 'any' } }, 'tool_choice: must not force a tool when there are no tools'],
      [{ tool_choice: { type: 'tool', name: 'a' }, tools: [] }, 'tool_choice: must not force a tool when there are no tools'],
    ],
  },
  'tool-choice-unknown-tool': {
    taken: [{ tool_choice: { type: 'tool', name: 'a' }, tools: [tool('a')] }],
    refused: [[{ tool_choice: { type: 'tool', name: 'b' }, tools: [tool('a')] }, 'tool_choice.name: must be the name of one of the tools']],
  },
  'tool-choice-none-extra': {
    taken: [{ tool_choice: { type: 'auto', disable_parallel_tool_use: true } }],
    refused: [
      [
        { tool_choice: { type: 'none', disable_parallel_tool_use: true } },
        'tool_choice.disable_parallel_tool_use: must not be combined with type "none"',
      ],
    ],
  },
  'thinking-budget-vs-max': {
    taken: [{ max_tokens: 1025, thinking }],
    refused: [[{ max_tokens: 1024, thinking }, 'thinking.budget_tokens: must be less than max_tokens, 1024']],
  },
  'thinking-forced-tool': {
    taken: [
      { max_tokens: 2000, thinking, tools: [tool('a')], tool_choice: { type: 'auto' } },
      { thinking: { type: 'adaptive' }, tools: [tool('a')], tool_choice: { type: 'any' } },
    ],
    refused: [
      [
        { max_tokens: 2000, thinking, tools: [tool('a')], tool_choice: { type: 'any' } },
        'tool_choice: must not force a tool while thinking is enabled',
      ],
    ],
  },
  'thinking-display-with-disabled': {
    taken: [{ thinking: { type: 'disabled' } }, { thinking: { type: 'adaptive', display: 'omitted' } }],
    refused: [[{ thinking: { type: 'disabled', display: 'omitted' } }, 'thinking.display: must not be combined with type "disabled"']],
  },
  'warm-zero-stream': {
    taken: [{ max_tokens: 0 }, { max_tokens: 0, stream: false }],
    refused: [[{ max_tokens: 0, stream: true }, 'stream: must not be combined with max_tokens 0']],
  },
  'warm-zero-thinking': {
    taken: [{ max_tokens: 0, thinking: { type: 'disabled' } }],
    refused: [[{ max_tokens: 0, thinking }, 'thinking: must not be combined with max_tokens 0']],
  },
  'warm-zero-format': {
    taken: [{ max_tokens: 0, output_config: { format: null } }],
    refused: [
      [
        { max_tokens: 0, output_config: { format: { type: 'json_schema', schema: {} } } },
        'output_config.format: must not be combined with max_tokens 0',
      ],
    ],
  },
  'warm-zero-forced-tool': {
    taken: [{ max_tokens: 0, tools: [tool('a')] }],
    refused: [[{ max_tokens: 0, tools: [tool('a')], tool_choice: { type: 'any' } }, 'tool_choice: must not be combined with max_tokens 0']],
  },
  'cache-control-five': {
    taken: [{ system: [marked, marked], messages: [user([marked, marked])], cache_control: { type: 'ephemeral' } }],
    refused: [
      [
        { system: [marked, marked], messages: [user([marked, marked, marked])] },
        'messages.0.content.2.cache_control: must not be there: at most 4 places may be marked',
      ],
      [
        {
          tools: [{ ...tool('a'), cache_control: { type: 'ephemeral' } }],
          messages: [user([searchResult([marked, marked, marked, marked])])],
        },
        'messages.0.content.0.content.3.cache_control: must not be there: at most 4 places may be marked',
      ],
    ],
  },
  'base64-invalid': {
    taken: [{ messages: [user([image('iVBORw0KGgo=')])] }, { messages: [user([image('iVBORw0K\nGgo')])] }],
    refused: [
      [{ messages: [user([image('not base64!')])] }, 'messages.0.content.0.source.data: must be base64'],
      [{ messages: [user([image('AAA=A')])] }, 'messages.0.content.0.source.data: must be base64'],
      [{ messages: [user([image('AAAAA')])] }, 'messages.0.content.0.source.data: must be base64'],
    ],
  },
};

const body = (fields: Fields): unknown => ({ model: 'm', max_tokens: 10, messages: [user('hi')], ...fields });

describe('every rule', () => {
  test('has cases here, and an id of its own', () => {
    const ids = requestRules.map(({ id }) => id);
    expect([...new Set(ids)].toSorted()).toEqual(Object.keys(cases).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const [id, { taken, refused, newer: onlyNewer }] of Object.entries(cases)) {
    const context = onlyNewer ? newer : older;
    test(`${id} takes what is right`, () => {
      for (const fields of taken) expect(requestProblems('messages', body(fields), context)).toEqual([]);
    });
    test(`${id} refuses what is wrong, first of all rules`, () => {
      for (const [fields, message] of refused) {
        const problem = requestProblems('messages', body(fields), context).find(({ keyword }) => keyword === id);
        expect(problem && describeProblem(problem)).toBe(message);
        expect(requestValidity('messages', body(fields), context)).toBe('invalid');
      }
    });
  }
});

test('the older version takes what the newer one refuses', () => {
  for (const { refused } of Object.values(cases).filter((entry) => entry.newer)) {
    for (const [fields] of refused) expect(requestProblems('messages', body(fields), older)).toEqual([]);
  }
});

test('consecutive messages of one role are valid, and so is an assistant message first', () => {
  expect(requestProblems('messages', body({ messages: [user('a'), user('b'), assistant('c'), assistant('d')] }), older)).toEqual([]);
  expect(requestProblems('messages', body({ messages: [assistant('a'), user('b')] }), older)).toEqual([]);
});

test('token counting refuses what concerns generation, and follows the same rules', () => {
  const count = (fields: Fields): readonly string[] =>
    requestProblems('count-tokens', { model: 'm', messages: [user('hi')], ...fields }, older).map(describeProblem);
  expect(count({})).toEqual([]);
  expect(count({ max_tokens: 5 })).toEqual(['max_tokens: is not a known field']);
  expect(count({ stream: true })).toEqual(['stream: is not a known field']);
  expect(count({ messages: [user([result('a')])] })).toEqual([
    'messages.0.content.0.tool_use_id: must be the id of a tool_use in the previous message, and "a" is not',
  ]);
  expect(count({ thinking })).toEqual([]);
});

test('the budget of interleaved thinking may exceed max_tokens', () => {
  const context = { version: '2023-06-01', betas: ['interleaved-thinking-2025-05-14'] };
  expect(requestProblems('messages', body({ thinking }), context)).toEqual([]);
});

describe('a beta field', () => {
  const fields = { context_management: { edits: [] } };
  const live = { version: '2023-06-01', betas: ['context-management-2025-06-27'] };

  test('is unknown without a beta header', () => {
    expect(requestProblems('messages', body(fields), older)).toMatchObject([
      { pointer: '/context_management', keyword: 'additionalProperties', level: 'error' },
    ]);
    expect(requestValidity('messages', body(fields), older)).toBe('invalid');
  });
  test('is unknown with a header that has been retired', () => {
    expect(requestProblems('messages', body(fields), { ...older, betas: ['prompt-caching-2024-07-31'] })).toHaveLength(1);
  });
  test('is taken with a beta header, without a claim that it is right', () => {
    expect(requestProblems('messages', body(fields), live)).toEqual([]);
    expect(requestValidity('messages', body(fields), live)).toBe('unknown');
  });
});

describe('with a live beta header', () => {
  const live = { version: '2023-06-01', betas: ['thinking-display-updates-2026-08-18'] };

  test('unknown fields, types and values are advice', () => {
    const fields = { thinking: { type: 'adaptive', display: 'updates' }, foo: 1, messages: [user([{ type: 'hologram', size: 3 }])] };
    expect(requestProblems('messages', body(fields), live)).toMatchObject([
      { pointer: '/messages/0/content/0/type', level: 'advice' },
      { pointer: '/thinking/display', level: 'advice' },
      { pointer: '/foo', level: 'advice' },
    ]);
    expect(requestValidity('messages', body(fields), live)).toBe('unknown');
  });
  test('what is known stays wrong or right', () => {
    expect(requestValidity('messages', body({ max_tokens: 'x' }), live)).toBe('invalid');
    expect(requestValidity('messages', body({ messages: [user([result('a')])] }), live)).toBe('invalid');
    expect(requestValidity('messages', body({}), live)).toBe('valid');
  });
  test('a continued thread may begin with tool results', () => {
    const fields = { thread: { type: 'continue', previous_message_id: 'msg_1' }, messages: [user([result('a')])] };
    expect(requestProblems('messages', body(fields), { version: '2026-10-21', betas: ['message-threads-2026-08-12'] })).toEqual([]);
  });
});

test('of an unknown version only what is surely wrong is invalid', () => {
  const future = { version: '2027-01-01', betas: [] };
  expect(requestValidity('messages', body({}), future)).toBe('unknown');
  expect(requestValidity('messages', body({ new_field: 1 }), future)).toBe('unknown');
  expect(requestValidity('messages', body({ messages: [] }), future)).toBe('invalid');
  expect(requestValidity('messages', body({}), { version: undefined, betas: [] })).toBe('unknown');
});

test('a field that its type forbids is told once', () => {
  expect(requestProblems('messages', body({ thinking: { type: 'disabled', display: null } }), older)).toHaveLength(1);
});

test('unknown fields are told last, and hide no rule', () => {
  const problems = requestProblems('messages', body({ foo: 1, stop_sequences: [''] }), older);
  expect(problems.map(describeProblem)).toEqual(['stop_sequences.0: must not be empty', 'foo: is not a known field']);
});

test('a long conversation is judged in linear time, and a body with too many faults without a crash', () => {
  const turns = Array.from({ length: 49_999 }, (_, at) => [assistant([use(`id-${at}`)]), user([result(`id-${at}`)])]).flat();
  expect(requestProblems('messages', body({ messages: turns }), newer)).toEqual([]);
  const blocks = Array.from({ length: 200_000 }, () => text('x'));
  expect(requestProblems('messages', body({ messages: [user(blocks)] }), newer)).toEqual([]);
  const noise = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, 1]));
  for (const endpoint of ['messages', 'count-tokens'] satisfies readonly RequestEndpoint[]) {
    const unsound = {
      ...noise,
      model: 'm',
      ...(endpoint === 'messages' ? { max_tokens: 1 } : {}),
      messages: [{ role: 'user', content: [null] }],
    };
    expect(requestProblems(endpoint, unsound, newer)).toHaveLength(100);
  }
});
