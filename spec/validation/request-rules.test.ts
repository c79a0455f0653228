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

const markedFor = (ttl: string): object => ({ ...marked, cache_control: { type: 'ephemeral', ttl } });
const reference = (name: string): object => ({ type: 'tool_reference', tool_name: name });
/** An object schema of these required properties and no others. */
const closed = (properties: Fields, more: Fields = {}): Fields => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const format = (schema: Fields): Fields => ({ output_config: { format: { type: 'json_schema', schema } } });
const strictTool = (name: string, properties: Fields): object => ({
  name,
  strict: true,
  input_schema: { type: 'object', properties, additionalProperties: false },
});
const strictTools = (count: number): readonly object[] => Array.from({ length: count }, (_, at) => strictTool(`tool-${at}`, {}));
const manyFields = (count: number, schema: object): Fields =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`field-${at}`, schema]));

/** For every rule: requests that it takes, and requests that it refuses with what it says of them. */
const cases: Readonly<
  Record<string, { taken: readonly Fields[]; refused: readonly (readonly [Fields, string])[]; newer?: true; validity?: 'unknown' }>
> = {
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
    validity: 'unknown',
    taken: [{ messages: [user('x'), system('y')] }],
    refused: [[{ messages: [system('x'), assistant('y')] }, 'messages.0.role: must not be "system" in the first message']],
  },
  'system-role-misplaced': {
    validity: 'unknown',
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
    taken: [{ system: [marked, marked], messages: [user([marked, marked])] }],
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
  'cache-auto-slot-conflict': {
    validity: 'unknown',
    taken: [
      { system: [marked, marked], messages: [user([marked])], cache_control: { type: 'ephemeral' } },
      { system: [marked, marked], messages: [user([marked, marked])], cache_control: null },
    ],
    refused: [
      [
        { system: [marked, marked], messages: [user([marked, marked])], cache_control: { type: 'ephemeral' } },
        'cache_control: must not be combined with 4 markers, which leave it no place',
      ],
    ],
  },
  'cache-control-ttl-order': {
    validity: 'unknown',
    taken: [{ system: [markedFor('1h'), marked], messages: [user([markedFor('5m')])] }, { system: [markedFor('1h'), markedFor('1h')] }],
    refused: [
      [
        { system: [marked], messages: [user([markedFor('1h')])] },
        'messages.0.content.0.cache_control.ttl: must not be "1h" after a marker of 5 minutes (tools, system, messages)',
      ],
      [
        { tools: [{ ...tool('a'), cache_control: { type: 'ephemeral', ttl: '5m' } }], system: [markedFor('1h')] },
        'system.0.cache_control.ttl: must not be "1h" after a marker of 5 minutes (tools, system, messages)',
      ],
    ],
  },
  'thinking-prefill': {
    validity: 'unknown',
    taken: [
      { thinking: { type: 'adaptive' }, messages: [user('x'), assistant('y'), user('z')] },
      { thinking: { type: 'disabled' }, messages: [user('x'), assistant('y')] },
      { thinking: { type: 'adaptive' }, messages: [user('x'), assistant([serverUse, serverResult])] },
    ],
    refused: [
      [
        { thinking: { type: 'adaptive' }, messages: [user('x'), assistant('y')] },
        'messages.1: must not be the beginning of the answer while thinking is on',
      ],
      [
        { max_tokens: 2000, thinking, messages: [user('x'), assistant([text('y')])] },
        'messages.1: must not be the beginning of the answer while thinking is on',
      ],
    ],
  },
  'image-mismatch': {
    validity: 'unknown',
    taken: [{ messages: [user([image('iVBORw0KGgo=')])] }, { messages: [user([image('AAAA')])] }],
    refused: [[{ messages: [user([image('/9j/4AAQ')])] }, 'messages.0.content.0.source.media_type: must be the media type of the image']],
  },
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
  'tool-all-deferred': {
    validity: 'unknown',
    taken: [{ tools: [{ ...tool('a'), defer_loading: true }, tool('b')] }, { tools: [] }],
    refused: [[{ tools: [{ ...tool('a'), defer_loading: true }] }, 'tools: must have a tool without defer_loading']],
  },
  'tool-deferred-cached': {
    validity: 'unknown',
    taken: [{ tools: [tool('b'), { ...tool('a'), defer_loading: true, cache_control: null }] }],
    refused: [
      [
        { tools: [tool('b'), { ...tool('a'), defer_loading: true, cache_control: { type: 'ephemeral' } }] },
        'tools.1.cache_control: must not be combined with defer_loading',
      ],
    ],
  },
  'toolset-duplicate': {
    validity: 'unknown',
    taken: [{ tools: [{ type: 'browser_toolset_20260801' }, { type: 'computer_toolset_20260801' }] }],
    refused: [
      [
        { tools: [{ type: 'browser_toolset_20260801' }, { type: 'browser_toolset_20260801' }] },
        'tools.1: must be the only toolset of its type',
      ],
    ],
  },
  'tool-choice-toolset': {
    validity: 'unknown',
    taken: [{ tools: [{ type: 'browser_toolset_20260801' }], tool_choice: { type: 'tool', name: 'navigate' } }],
    refused: [
      [
        { tools: [{ type: 'browser_toolset_20260801' }], tool_choice: { type: 'tool', name: 'browser_toolset_20260801' } },
        'tool_choice.name: must not be a toolset',
      ],
    ],
  },
  'tool-example-invalid': {
    taken: [
      { tools: [{ ...tool('a'), input_examples: [{ any: 1 }] }] },
      { tools: [{ name: 'a', input_schema: closed({ city: { type: 'string' } }), input_examples: [{ city: 'Oslo' }] }] },
    ],
    refused: [
      [
        { tools: [{ name: 'a', input_schema: closed({ city: { type: 'string' } }), input_examples: [{ city: 'Oslo' }, { city: 5 }] }] },
        'tools.0.input_examples.1: must follow input_schema',
      ],
      [
        { tools: [{ name: 'a', input_schema: closed({ city: { type: 'string' } }), input_examples: [{}] }] },
        'tools.0.input_examples.0: must follow input_schema',
      ],
    ],
  },
  'format-schema-unsupported': {
    taken: [
      format(closed({ a: { $ref: '#/$defs/b' } }, { $defs: { b: closed({ c: { type: 'string', enum: ['minimum'] } }) } })),
      format(closed({ minimum: { type: 'integer' } })),
    ],
    refused: [
      [
        format(closed({ a: { type: 'integer', minimum: 1 } })),
        'output_config.format.schema.properties.a.minimum: is a bound that strict output does not support',
      ],
      [
        format({ ...closed({}), additionalProperties: true }),
        'output_config.format.schema.additionalProperties: must be false in strict output',
      ],
      [
        format(closed({ a: { $ref: 'https://example.com/a.json' } })),
        'output_config.format.schema.properties.a.$ref: must lead to a place in the same schema',
      ],
      [
        format(closed({ a: { $ref: '#' } })),
        'output_config.format.schema.properties.a.$ref: must not lead back to itself: strict output has no recursion',
      ],
      [
        format(closed({ a: { $ref: '#/$defs/b' } }, { $defs: { b: closed({ c: { $ref: '#/$defs/b' } }) } })),
        'output_config.format.schema.$defs.b.properties.c.$ref: must not lead back to itself: strict output has no recursion',
      ],
    ],
  },
  'format-schema-beyond': {
    validity: 'unknown',
    taken: [format(closed({ a: { type: 'string' } }))],
    refused: [
      [format({ type: 'object' }), 'output_config.format.schema.additionalProperties: must be false in strict output'],
      [
        format(closed({ a: { type: 'string', maxLength: 3 } })),
        'output_config.format.schema.properties.a.maxLength: is a bound that strict output does not support',
      ],
    ],
  },
  'strict-schema-unsupported': {
    validity: 'unknown',
    taken: [
      { tools: [{ name: 'a', strict: true, input_schema: closed({ b: { type: 'string' } }) }] },
      { tools: [{ name: 'a', strict: false, input_schema: { type: 'object' } }] },
    ],
    refused: [
      [
        { tools: [{ name: 'a', strict: true, input_schema: { type: 'object' } }] },
        'tools.0.input_schema.additionalProperties: must be false in strict output',
      ],
    ],
  },
  'strict-limits': {
    validity: 'unknown',
    taken: [{ tools: strictTools(20) }, { tools: [strictTool('a', manyFields(24, { type: 'string' }))] }],
    refused: [
      [{ tools: strictTools(21) }, 'tools: must not have more than 20 strict tools in all'],
      [{ tools: [strictTool('a', manyFields(25, { type: 'string' }))] }, 'tools: must not have more than 24 optional arguments in all'],
      [
        { tools: [strictTool('a', manyFields(17, { type: ['string', 'null'] }))] },
        'tools: must not have more than 16 arguments of several types in all',
      ],
    ],
  },
  'format-with-citations': {
    validity: 'unknown',
    taken: [
      { ...format(closed({})), messages: [user([{ ...document, citations: { enabled: false } }])] },
      { messages: [user([{ ...document, citations: { enabled: true } }])] },
    ],
    refused: [
      [
        { ...format(closed({})), messages: [user([{ ...document, citations: { enabled: true } }])] },
        'messages.0.content.0.citations.enabled: must not be combined with output_config.format',
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
    const refusing = requestRules.flatMap(({ id, certainty }) => (certainty === 'advice' ? [] : [id]));
    expect(refusing.toSorted()).toEqual(Object.keys(cases).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const [id, { taken, refused, newer: onlyNewer, validity = 'invalid' }] of Object.entries(cases)) {
    const context = onlyNewer ? newer : older;
    test(`${id} takes what is right`, () => {
      for (const fields of taken) expect(requestProblems('messages', body(fields), context)).toEqual([]);
    });
    test(`${id} refuses what is wrong, first of all rules`, () => {
      for (const [fields, message] of refused) {
        const problem = requestProblems('messages', body(fields), context).find(({ keyword }) => keyword === id);
        expect(problem && describeProblem(problem)).toBe(message);
        expect(requestValidity('messages', body(fields), context)).toBe(validity);
      }
    });
  }
});

test('a tool loop that began without thinking is neither refused nor called valid', () => {
  const loop = { max_tokens: 2000, thinking, messages: [user('x'), assistant([use('a')]), user([result('a')])] };
  expect(requestProblems('messages', body(loop), older)).toMatchObject([{ keyword: 'thinking-tool-loop', level: 'advice' }]);
  expect(requestValidity('messages', body(loop), older)).toBe('unknown');
});

test('a format that would hang a careless reader is judged at once', () => {
  let deep: Fields = { type: 'string' };
  for (let depth = 0; depth < 20_000; depth++) deep = { type: 'array', items: deep };
  expect(requestProblems('messages', body(format(closed({ deep }))), older)).toEqual([]);
  const defs = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`d${at}`, { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] }]),
  );
  const schema = { type: 'object', properties: { a: { $ref: '#/$defs/d0' } }, $defs: { ...defs, d40: { type: 'string' } } };
  expect(requestProblems('messages', body({ tools: [{ name: 'a', input_schema: schema, input_examples: [{ a: 1 }] }] }), older)).toEqual(
    [],
  );
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

test.each([null, 7, 'x', {}, [null]])('what counting does not know is only unknown, whatever it is: stop_sequences %j', (value) => {
  const problems = requestProblems('count-tokens', { model: 'm', messages: [user('hi')], stop_sequences: value }, older);
  expect(problems.map(describeProblem)).toEqual(['stop_sequences: is not a known field']);
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
  test('the content of a message of an unknown role may be anything', () => {
    const messages = [user('x'), { role: 'tool', content: 7 }, { role: 'tool', content: [null] }];
    expect(requestProblems('messages', body({ messages }), live)).toMatchObject([
      { pointer: '/messages/1/role', level: 'advice' },
      { pointer: '/messages/2/role', level: 'advice' },
    ]);
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
