// What the documentation says is refused, requirement by requirement: one good request, one thing wrong with it.
import { describe, expect, test } from 'vitest';
import { requestProblems, requestValidity, type RequestEndpoint } from './validate-request.ts';

type Fields = Readonly<Record<string, unknown>>;
const user = (content: unknown): Fields => ({ role: 'user', content });
const assistant = (content: unknown): Fields => ({ role: 'assistant', content });
const text = { type: 'text', text: 'x' };
const use = { type: 'tool_use', id: 'a', name: 'look', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a' };
const tool = { name: 'a', input_schema: { type: 'object' } };
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
const thinkingBlock = { type: 'thinking', thinking: 'hm', signature: 's' };
const loop = (...blocks: readonly unknown[]): Fields => ({ messages: [assistant([use]), user(blocks)] });

/** Changes of a good request that make it wrong, by requirement. A field set to `undefined` is left out. */
const refused: Readonly<Record<string, readonly Fields[]>> = {
  'err.in.model-missing': [{ model: undefined }],
  'err.in.model-type': [{ model: 1 }, { model: null }, { model: '' }],
  'err.in.max-tokens-missing': [{ max_tokens: undefined }],
  'err.in.max-tokens-type': [{ max_tokens: '10' }, { max_tokens: 1.5 }, { max_tokens: null }, { max_tokens: true }],
  'err.in.max-tokens-negative': [{ max_tokens: -1 }],
  'err.in.messages-missing': [{ messages: undefined }],
  'err.in.messages-empty': [{ messages: [] }],
  'err.in.messages-not-array': [{ messages: {} }, { messages: 'hi' }],
  'err.in.message-role-unknown': ['tool', 'function', 'developer'].map((role) => ({ messages: [{ role, content: 'x' }] })),
  'err.in.message-content-missing': [{ messages: [{ role: 'user' }] }],
  'err.in.message-content-type': [1, null, {}].map((content) => ({ messages: [user(content)] })),
  'err.in.message-extra-key': [
    { messages: [{ ...user('x'), name: 'Ada' }] },
    { messages: [user('x'), { ...assistant('y'), tool_calls: [] }] },
  ],
  'err.in.top-level-extra-key': [{ response_format: {} }, { n: 1 }, { foo: 1 }],
  'err.in.content-block-unknown-type': [{ messages: [user([{ type: 'hologram' }])] }, { messages: [user([{ text: 'x' }])] }],
  'err.in.content-block-extra-key': [{ messages: [user([{ ...text, id: 1 }])] }],
  'err.in.text-empty': [{ messages: [user([{ type: 'text', text: '' }])] }, loop({ ...result, content: [{ type: 'text', text: '' }] })],
  'err.in.stop-seq-type': [{ stop_sequences: 'x' }, { stop_sequences: [1] }],
  'err.in.system-type': [{ system: 1 }, { system: {} }, { system: ['x'] }],
  'err.in.system-nontext-block': [{ system: [image] }],
  'err.in.stream-type': [{ stream: 'true' }, { stream: 1 }],
  'err.in.metadata-extra-key': [{ metadata: { session: 'x' } }],
  'err.in.metadata-user-id-long': [{ metadata: { user_id: 'x'.repeat(513) } }],
  'err.in.service-tier-enum': [{ service_tier: 'priority' }],
  'err.in.temperature-range': [{ temperature: -0.1 }, { temperature: 1.1 }],
  'err.in.top-p-range': [{ top_p: -0.1 }, { top_p: 1.1 }],
  'err.in.top-k-range': [{ top_k: -1 }, { top_k: 0.5 }],
  'err.in.tools-type': [{ tools: {} }, { tools: 'a' }],
  'err.in.tool-name-missing': [{ tools: [{ input_schema: { type: 'object' } }] }],
  'err.in.tool-name-pattern': ['a b', 'a.b', 'a/b', 'ä', ''].map((name) => ({ tools: [{ ...tool, name }] })),
  'err.in.tool-name-too-long': [{ tools: [{ ...tool, name: 'a'.repeat(129) }] }],
  'err.in.tool-schema-missing': [{ tools: [{ name: 'a' }] }],
  'err.in.tool-schema-type': [{ tools: [{ name: 'a', input_schema: {} }] }, { tools: [{ name: 'a', input_schema: { type: 'string' } }] }],
  'err.in.tool-unknown-type': [{ tools: [{ ...tool, type: 'web_walk_20260101' }] }],
  'err.in.tool-extra-key': [
    { tools: [{ type: 'function', function: { name: 'a', parameters: {} } }] },
    { tools: [{ ...tool, parameters: {} }] },
  ],
  'err.in.tool-choice-type': [
    { tools: [tool], tool_choice: 'auto' },
    { tools: [tool], tool_choice: { type: 'required' } },
  ],
  'err.in.tool-choice-missing-name': [{ tools: [tool], tool_choice: { type: 'tool' } }],
  'err.in.tool-use-id-pattern': ['a b', 'é', ''].map((id) => ({
    messages: [assistant([{ ...use, id }]), user([{ ...result, tool_use_id: id }])],
  })),
  'err.in.tool-use-input-type': ['{}', []].map((input) => ({ messages: [assistant([{ ...use, input }]), user([result])] })),
  'err.in.image-media-type': [{ messages: [user([{ ...image, source: { ...image.source, media_type: 'image/tiff' } }])] }],
  'err.in.document-media-type': [
    { messages: [user([{ type: 'document', source: { type: 'base64', media_type: 'text/html', data: 'AAAA' } }])] },
    { messages: [user([{ type: 'document', source: { type: 'text', media_type: 'text/html', data: 'x' } }])] },
  ],
  'err.in.document-title-long': [
    {
      messages: [user([{ type: 'document', title: 'x'.repeat(501), source: { type: 'text', media_type: 'text/plain', data: 'x' } }])],
    },
  ],
  'err.in.thinking-budget-min': [{ max_tokens: 3000, thinking: { type: 'enabled', budget_tokens: 1023 } }],
  'err.in.thinking-type-unknown': [{ thinking: { type: 'deep' } }, { thinking: {} }, { thinking: true }],
  'err.in.cache-control-type': [
    { cache_control: { type: 'persistent' } },
    { messages: [user([{ ...text, cache_control: { type: 'ephemeral', ttl: '2h' } }])] },
  ],
  'err.in.cache-control-on-thinking': [
    { messages: [assistant([{ ...thinkingBlock, cache_control: { type: 'ephemeral' } }, text]), user('x')] },
  ],
  'err.in.effort-enum': [{ output_config: { effort: 'extreme' } }],
  'err.in.too-many-messages': [{ messages: Array.from({ length: 100_001 }, () => user('x')) }],
  'req.null-on-nonnullable': ['messages', 'max_tokens', 'tools', 'stop_sequences', 'stream'].map((field) => ({ [field]: null })),
  'req.beta-field-without-header': [
    { context_management: { edits: [] } },
    { mcp_servers: [] },
    { thread: { type: 'create' } },
    { compaction: {} },
    { fallbacks: [] },
    { billing_policy: {} },
    { output_format: null },
    { output_config: { task_budget: { type: 'tokens', total: 1 } } },
    { thinking: { type: 'adaptive', display: 'updates' } },
    { thinking: { type: 'adaptive', block_binding: 'none' } },
    { tools: [{ type: 'computer_20251124', name: 'computer', display_width_px: 1, display_height_px: 1 }] },
  ],
  'sysmsg.beta-fields': [
    { messages: [user('x'), { role: 'system', content: 'y', clear_at: 'turn_end' }] },
    { messages: [user('x'), { role: 'system', content: [{ type: 'tool_addition', tool: { name: 'a' } }] }] },
  ],
  'tool.def.wrong-fixed-name': [{ tools: [{ type: 'bash_20250124', name: 'shell' }] }],
  'tool.def.toolset-rules': [
    { tools: [{ type: 'computer_toolset_20260801', name: 'computer' }] },
    { tools: [{ type: 'browser_toolset_20260801', strict: true }] },
    { tools: [{ type: 'browser_toolset_20260801', input_examples: [] }] },
    { tools: [{ type: 'browser_toolset_20260801', defer_loading: true }] },
  ],
  'so.format-name-not-needed': [
    { output_config: { format: { type: 'json_schema', schema: {}, name: 'answer' } } },
    { output_config: { format: { type: 'json_schema', schema: {}, strict: true } } },
  ],
  'block.in.server-tool-history': [
    { messages: [assistant([{ type: 'server_tool_use', id: 'toolu_1', name: 'web_search', input: {} }]), user('x')] },
  ],
};

/** Changes of a good request that leave it right, by requirement. */
const taken: Readonly<Record<string, readonly Fields[]>> = {
  'req.optional-null-tolerated': [
    { cache_control: null },
    { container: null },
    { diagnostics: null },
    { diagnostics: { previous_message_id: null } },
    { inference_geo: null },
    { speed: null },
    { metadata: { user_id: null } },
    { output_config: { format: null, effort: null } },
    { tools: [{ ...tool, type: null, eager_input_streaming: null, cache_control: null }] },
    { messages: [user([{ ...text, citations: null, cache_control: null }])] },
  ],
  'req.stop-sequences.empty-array': [{ stop_sequences: [] }],
  'req.metadata.empty': [{ metadata: {} }],
  'req.output-config.empty': [{ output_config: {} }],
  'req.service-tier.auto': [{ service_tier: 'auto' }, { service_tier: 'standard_only' }],
  'req.sampling.2023': [{ temperature: 0 }, { temperature: 1 }, { top_p: 0.5, top_k: 0 }],
  'tool.def.empty-array': [{ tools: [] }],
  'tool.def.no-properties': [{ tools: [{ name: 'a', input_schema: { type: 'object', properties: null } }] }],
  'tool.def.name-128': [{ tools: [{ ...tool, name: 'a'.repeat(128) }] }],
  'tool.def.full-schema': [
    { tools: [{ name: 'a', input_schema: { type: 'object', $defs: { b: { format: 'date', minimum: 1 } }, anyOf: [{ 'x-mine': 1 }] } }] },
  ],
  'block.in.tool-use-caller': [{ messages: [assistant([{ ...use, caller: { type: 'direct' } }]), user([result])] }],
  'tools.result.empty': [loop(result), loop({ ...result, content: '' }), loop({ ...result, content: [] })],
  'tools.history.unknown-name': [{ messages: [assistant([{ ...use, name: 'n'.repeat(200) }]), user([result])] }],
};

const good: Fields = { model: 'm', max_tokens: 10, messages: [user('hi')] };
const context = { version: '2023-06-01', betas: [] };
const changed = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries({ ...good, ...fields }).filter(([, value]) => value !== undefined));

test('the request itself is good', () => {
  expect(requestValidity('messages', good, context)).toBe('valid');
});

describe.each(Object.entries(refused))('%s', (_requirement, changes) => {
  test.each(changes.map((fields, at) => ({ fields, at })))('is decided: $at', ({ fields }) => {
    expect(requestProblems('messages', changed(fields), context).some(({ level }) => level === 'error')).toBe(true);
    expect(requestValidity('messages', changed(fields), context)).toBe('invalid');
  });
});

describe.each(Object.entries(taken))('%s', (_requirement, changes) => {
  test.each(changes.map((fields, at) => ({ fields, at })))('is left alone: $at', ({ fields }) => {
    expect(requestProblems('messages', changed(fields), context)).toEqual([]);
  });
});

/** Fields that only concern generation; token counting is closed to them. */
const generation = ['max_tokens', 'stop_sequences', 'stream', 'metadata', 'service_tier', 'temperature', 'top_p', 'top_k'] as const;

test.each(generation)('count.max-tokens-rejected: token counting refuses %s', (field) => {
  const endpoint: RequestEndpoint = 'count-tokens';
  const values: Fields = {
    max_tokens: 1,
    stop_sequences: [],
    stream: false,
    metadata: {},
    service_tier: 'auto',
    temperature: 1,
    top_p: 1,
    top_k: 1,
  };
  const { max_tokens: _max, ...counted } = good;
  expect(requestValidity(endpoint, counted, context)).toBe('valid');
  expect(requestValidity(endpoint, { ...counted, [field]: values[field] }, context)).toBe('invalid');
});

test.each(['messages', 'count-tokens'] satisfies readonly RequestEndpoint[])(
  'err.in.*-2026, count.version-rules: %s follows its version',
  (endpoint) => {
    const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } };
    const cited = {
      ...text,
      citations: [{ type: 'page_location', cited_text: 'x', document_index: 0, start_page_number: 1, end_page_number: 2 }],
    };
    const { max_tokens, ...counted } = good;
    const conversations = [[assistant([document]), user('x')], [user([cited])]];
    const validities = ['2023-06-01', '2026-10-21'].map((version) =>
      conversations.map((messages) =>
        requestValidity(endpoint, { ...counted, ...(endpoint === 'messages' ? { max_tokens } : {}), messages }, { version, betas: [] }),
      ),
    );
    expect(validities).toEqual([
      ['valid', 'valid'],
      ['invalid', 'invalid'],
    ]);
  },
);
