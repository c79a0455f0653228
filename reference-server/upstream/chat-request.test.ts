// What engines are asked, for what clients ask.
import { describe, expect, test } from 'vitest';
import type { MessagesRequest } from '../../spec/index.ts';
import { engineCallId } from './call-id.ts';
import { planChat } from './chat-request.ts';
import { engineTraits } from './engine-traits.ts';

const vllm = engineTraits('vllm');
const base: MessagesRequest = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };
const tools = ['a', 'b'].map((name) => ({ name, description: `does ${name}`, input_schema: { type: 'object' as const } }));
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'QUJD' } } as const;
const call = engineCallId('toolu_1');

function asked(request: Partial<MessagesRequest>, owner = 'vllm'): Readonly<Record<string, unknown>> {
  const { prompt, generation } = planChat({ ...base, ...request }, engineTraits(owner));
  return { ...prompt, ...generation };
}

describe('messages', () => {
  const messages: readonly { readonly title: string; readonly request: Partial<MessagesRequest>; readonly chat: readonly unknown[] }[] = [
    {
      title: 'system texts, also those at the beginning of the messages, are one system message',
      request: {
        system: [
          { type: 'text', text: 'A' },
          { type: 'text', text: 'B' },
        ],
        messages: [{ role: 'system', content: 'C' }, ...base.messages],
      },
      chat: [
        { role: 'system', content: 'A\nB\n\nC' },
        { role: 'user', content: 'Hi' },
      ],
    },
    {
      title: 'system text in between is said by the user, at its place',
      request: {
        messages: [...base.messages, { role: 'system', content: 'S' }, { role: 'assistant', content: 'A' }, { role: 'user', content: 'B' }],
      },
      chat: [
        { role: 'user', content: 'Hi\nS' },
        { role: 'assistant', content: 'A' },
        { role: 'user', content: 'B' },
      ],
    },
    {
      title: 'images are data URLs beside text',
      request: { messages: [{ role: 'user', content: [{ type: 'text', text: 'See' }, image] }] },
      chat: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'See' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
          ],
        },
      ],
    },
    {
      title: 'images by URL are passed on as they are',
      request: {
        messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] }],
      },
      chat: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }],
    },
    {
      title: 'documents of text are text',
      request: {
        messages: [
          { role: 'user', content: [{ type: 'document', title: 'T', source: { type: 'text', media_type: 'text/plain', data: 'D' } }] },
        ],
      },
      chat: [{ role: 'user', content: 'T\nD' }],
    },
    {
      title: 'calls and results stay pairs, results come first, an error says so, images follow',
      request: {
        messages: [
          ...base.messages,
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'Wait' },
              { type: 'tool_use', id: 'toolu_1', name: 'a', input: { x: 1 } },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Well?' },
              { type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: [{ type: 'text', text: 'No' }, image] },
            ],
          },
        ],
      },
      chat: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Wait', tool_calls: [{ id: call, type: 'function', function: { name: 'a', arguments: '{"x":1}' } }] },
        { role: 'tool', tool_call_id: call, content: 'Error: No\n(images follow)' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Well?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
          ],
        },
      ],
    },
    {
      title: 'thinking of the running tool loop is kept, of earlier answers not, and what is redacted is left out',
      request: {
        messages: [
          ...base.messages,
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'old', signature: 's' },
              { type: 'text', text: 'A' },
            ],
          },
          { role: 'user', content: 'B' },
          {
            role: 'assistant',
            content: [
              { type: 'redacted_thinking', data: 'x' },
              { type: 'thinking', thinking: 'new', signature: 's' },
              { type: 'tool_use', id: 'toolu_1', name: 'a', input: {} },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1' }] },
        ],
      },
      chat: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'A' },
        { role: 'user', content: 'B' },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'new',
          tool_calls: [{ id: call, type: 'function', function: { name: 'a', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: call, content: '' },
      ],
    },
  ];

  test.each(messages)('$title', ({ request, chat }) => {
    expect(asked(request)['messages']).toEqual(chat);
  });

  test("ids of calls are what Mistral's templates take", () => {
    expect(call).toMatch(/^[A-Za-z0-9]{9}$/);
    expect(engineCallId('toolu_2')).not.toBe(call);
  });
});

describe('fields', () => {
  const fields: readonly {
    readonly title: string;
    readonly owner?: string;
    readonly request: Partial<MessagesRequest>;
    readonly fields: object;
  }[] = [
    {
      title: 'sampling',
      request: { temperature: 0.5, top_p: 0.9, top_k: 5 },
      fields: { max_tokens: 9, temperature: 0.5, top_p: 0.9, top_k: 5, stream: true },
    },
    { title: 'running usage', request: {}, fields: { stream_options: { include_usage: true, continuous_usage_stats: true } } },
    {
      title: 'running timings',
      owner: 'llamacpp',
      request: {},
      fields: { stream_options: { include_usage: true }, timings_per_token: true },
    },
    { title: 'stop sequences are matched here', request: { stop_sequences: ['x'] }, fields: { stop: undefined } },
    {
      title: 'tools, left to the model',
      request: { tools },
      fields: {
        tools: [
          { type: 'function', function: { name: 'a', description: 'does a', parameters: { type: 'object' } } },
          { type: 'function', function: { name: 'b', description: 'does b', parameters: { type: 'object' } } },
        ],
        tool_choice: 'auto',
        parallel_tool_calls: true,
      },
    },
    {
      title: 'any',
      request: { tools, tool_choice: { type: 'any', disable_parallel_tool_use: true } },
      fields: { tool_choice: 'required', parallel_tool_calls: false },
    },
    {
      title: 'a named tool',
      request: { tools, tool_choice: { type: 'tool', name: 'b' } },
      fields: { tool_choice: { type: 'function', function: { name: 'b' } } },
    },
    {
      title: 'a named tool, where names are not read',
      owner: 'llamacpp',
      request: { tools, tool_choice: { type: 'tool', name: 'b' } },
      fields: {
        tool_choice: 'required',
        tools: [{ type: 'function', function: { name: 'b', description: 'does b', parameters: { type: 'object' } } }],
      },
    },
    { title: 'no tool', request: { tools, tool_choice: { type: 'none' } }, fields: { tools: undefined, tool_choice: undefined } },
    {
      title: 'a format',
      request: { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      fields: { response_format: { type: 'json_schema', json_schema: { name: 'reply', schema: { type: 'object' }, strict: true } } },
    },
    {
      title: 'thinking off, unless it is asked for',
      request: {},
      fields: { chat_template_kwargs: { enable_thinking: false, thinking: false } },
    },
    {
      title: 'thinking on, with effort',
      request: { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } },
      fields: { reasoning_effort: 'high', chat_template_kwargs: { enable_thinking: true, thinking: true, reasoning_effort: 'high' } },
    },
    {
      title: "LMDeploy's own switch",
      owner: 'lmdeploy',
      request: { thinking: { type: 'enabled', budget_tokens: 5 } },
      fields: { enable_thinking: true },
    },
    { title: 'no switch where none is known', owner: 'somebody', request: {}, fields: { chat_template_kwargs: undefined } },
    {
      title: 'a beginning of the reply',
      request: { messages: [...base.messages, { role: 'assistant', content: 'Well' }] },
      fields: { add_generation_prompt: false, continue_final_message: true },
    },
  ];

  test.each(fields)('$title', ({ owner, request, fields: expected }) => {
    expect({ ...Object.fromEntries(Object.keys(expected).map((name) => [name, undefined])), ...asked(request, owner) }).toMatchObject(
      expected,
    );
  });
});

describe('what an engine cannot do is refused', () => {
  const prefill: Partial<MessagesRequest> = { messages: [...base.messages, { role: 'assistant', content: 'Well' }] };
  const strict: Partial<MessagesRequest> = { tools: tools.map((tool) => ({ ...tool, strict: true })) };
  const file = { type: 'image', source: { type: 'file', file_id: 'f' } } as const;
  const refused: readonly {
    readonly title: string;
    readonly owner?: string;
    readonly request: Partial<MessagesRequest>;
    readonly why: string;
  }[] = [
    {
      title: 'prefill of llama.cpp',
      owner: 'llamacpp',
      request: prefill,
      why: "messages: llama.cpp cannot continue an assistant message; the last one must be the user's",
    },
    {
      title: 'strict tools of vLLM that are not forced',
      request: strict,
      why: 'tools.0.strict: vLLM does not hold calls to their schema, unless tool_choice forces them',
    },
    {
      title: 'thinking of an unknown engine',
      owner: 'x',
      request: { thinking: { type: 'enabled', budget_tokens: 5 } },
      why: 'thinking.type: thinking cannot be switched on in an OpenAI-compatible engine; use "adaptive"',
    },
    { title: 'top_k of an unknown engine', owner: 'x', request: { top_k: 5 }, why: 'top_k: an OpenAI-compatible engine does not take it' },
    {
      title: 'images by file',
      request: { messages: [{ role: 'user', content: [file] }] },
      why: 'messages.0.content.0.source: this server does not take images by file',
    },
    {
      title: 'PDFs',
      request: {
        messages: [
          { role: 'user', content: [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'QUJD' } }] },
        ],
      },
      why: 'messages.0.content.0.source: this model takes plain-text documents only, not base64 sources',
    },
    {
      title: 'server tools',
      request: { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
      why: 'tools.0: this server does not support tools of type web_search_20250305, only custom ones',
    },
  ];

  test.each(refused)('$title', ({ owner = 'vllm', request, why }) => {
    expect(() => planChat({ ...base, ...request }, engineTraits(owner))).toThrow(why);
  });

  test('strict tools that are forced are held everywhere', () => {
    expect(planChat({ ...base, ...strict, tool_choice: { type: 'any' } }, vllm).isForced).toBe(true);
  });
});
