import { describe, expect, it } from 'vitest';
import type { Message } from '../spec/index.ts';
import { createMock, type MockOptions } from './index.ts';

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test' };

async function ask(prompt: string, more: Readonly<Record<string, unknown>> = {}, options?: MockOptions): Promise<Message> {
  const request = { model: 'mock-model', max_tokens: 1000, messages: [{ role: 'user', content: prompt }], ...more };
  const response = await createMock(options).fetch('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(request) });
  expect(response.status).toBe(200);
  return response.json();
}

async function status(path: string, value: unknown): Promise<number> {
  return (await createMock().fetch(`http://mock${path}`, { method: 'POST', headers, body: JSON.stringify(value) })).status;
}

async function count(more: Readonly<Record<string, unknown>>): Promise<number> {
  const request = { model: 'mock-model', messages: [{ role: 'user', content: 'Hi' }], ...more };
  const response = await createMock().fetch('http://mock/v1/messages/count_tokens', {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(200);
  return (await response.json()).input_tokens;
}

const text = ({ content }: Message): string => content.map((block) => (block.type === 'text' ? block.text : '')).join('');
const calls = ({ content }: Message): readonly string[] => content.flatMap((block) => (block.type === 'tool_use' ? [block.name] : []));

const lamp = { name: 'set_lamp', input_schema: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] } };
const fruit = { name: 'take_fruit', input_schema: { type: 'object', properties: {} } };
const tools = [lamp, fruit];

describe('The default answer', () => {
  it.each([
    ['Repeat after me: the quick brown fox', 'the quick brown fox'],
    ['Say "naïve 👩‍👩‍👧 日本語"', 'naïve 👩‍👩‍👧 日本語'],
    ['say exactly: a\nb', 'a\nb'],
    ['Count to 5.', '1, 2, 3, 4, 5'],
    ['Count from 1 to 7', '1, 2, 3, 4, 5, 6, 7'],
  ])('to %j is %j', async (prompt, expected) => {
    expect(text(await ask(prompt))).toBe(expected);
  });

  it('quotes the question otherwise', async () => {
    expect(text(await ask('What is love?'))).toMatch(/^You said: "What is love\?"\. This is a mock/);
  });

  it('holds no half of a character, whatever it quotes', async () => {
    expect(text(await ask('What is \uD800?'))).toMatch(/^You said: "What is \uFFFD\?"/);
  });

  it('is long where something long is asked for', async () => {
    const { usage } = await ask('Write a long story about a dragon.');
    expect(usage.output_tokens).toBeGreaterThan(300);
  });

  it('continues a begun assistant turn without repeating it', async () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Once upon' },
    ];
    expect(text(await ask('', { messages }))).not.toContain('Once upon');
  });

  it('is the smallest JSON for a format', async () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'], additionalProperties: false };
    expect(text(await ask('Hi', { output_config: { format: { type: 'json_schema', schema } } }))).toBe('{"a":0}');
  });

  it('is the same every time, ids too for the same seed', async () => {
    expect(await ask('Hi')).toStrictEqual(await ask('Hi'));
    expect((await ask('Hi', {}, { seed: 2 })).id).not.toBe((await ask('Hi')).id);
  });

  it('comes in several pieces', async () => {
    const request = { model: 'mock-model', max_tokens: 50, stream: true, messages: [{ role: 'user', content: 'Hi' }] };
    const response = await createMock().fetch('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(request) });
    expect((await response.text()).split('event: content_block_delta').length).toBeGreaterThan(10);
  });
});

describe('Limits', () => {
  it('cut the answer after max_tokens', async () => {
    const message = await ask('Count to 100.', { max_tokens: 4 });
    expect([text(message), message.stop_reason, message.usage.output_tokens]).toStrictEqual(['1, 2, 3, 4,', 'max_tokens', 4]);
  });

  it('do not cut an answer that just fits', async () => {
    expect((await ask('Say one', { max_tokens: 1 })).stop_reason).toBe('end_turn');
  });

  it('end it before a stop sequence, also one across tokens', async () => {
    const message = await ask('Count to 100.', { stop_sequences: ['zzz', '4, 5'] });
    expect([text(message), message.stop_reason, message.stop_sequence]).toStrictEqual(['1, 2, 3, ', 'stop_sequence', '4, 5']);
  });

  it('change nothing where no stop sequence is met', async () => {
    const message = await ask('Count to 5.', { stop_sequences: ['5, 6'] });
    expect([text(message), message.stop_reason, message.stop_sequence]).toStrictEqual(['1, 2, 3, 4, 5', 'end_turn', null]);
  });

  it('cut a tool call too, which stays an object', async () => {
    const long = { name: 'f', input_schema: { type: 'object', properties: { a: { const: 'x'.repeat(100) } }, required: ['a'] } };
    const message = await ask('Hi', { tools: [long], tool_choice: { type: 'any' }, max_tokens: 6 });
    expect(message.stop_reason).toBe('max_tokens');
    expect(message.content).toMatchObject([{ type: 'tool_use', input: { a: expect.stringMatching(/^x+$/) } }]);
  });

  it('cut a thought, which keeps its signature', async () => {
    const message = await ask('Hi', { max_tokens: 2, thinking: { type: 'adaptive' } });
    expect(message).toMatchObject({ stop_reason: 'max_tokens', content: [{ type: 'thinking', signature: expect.stringMatching(/./) }] });
  });
});

describe('Tools', () => {
  it.each<[prompt: string, choice: unknown, expected: readonly string[]]>([
    ['Hi', { type: 'auto' }, []],
    ['Hi', undefined, []],
    ['Switch the lamp on', undefined, ['set_lamp']],
    ['Call take_fruit', { type: 'auto' }, ['take_fruit']],
    ['Take a fruit and switch the lamp on', { type: 'auto' }, ['set_lamp', 'take_fruit']],
    ['Take a fruit and switch the lamp on', { type: 'auto', disable_parallel_tool_use: true }, ['set_lamp']],
    ['Switch the lamp on twice', { type: 'auto' }, ['set_lamp', 'set_lamp']],
    ['Hi', { type: 'any' }, ['set_lamp']],
    ['Take a fruit', { type: 'any' }, ['take_fruit']],
    ['Both, please', { type: 'any', disable_parallel_tool_use: true }, ['set_lamp']],
    ['Switch the lamp on', { type: 'tool', name: 'take_fruit' }, ['take_fruit']],
    ['Call set_lamp now', { type: 'none' }, []],
  ])('asked "%s" with %j are called: %j', async (prompt, choice, expected) => {
    const message = await ask(prompt, { tools, ...(choice !== undefined && { tool_choice: choice }) });
    expect(calls(message)).toStrictEqual(expected);
    expect(message.stop_reason).toBe(expected.length > 0 ? 'tool_use' : 'end_turn');
  });

  it('that are forced come without a word before', async () => {
    expect((await ask('Hi', { tools, tool_choice: { type: 'any' } })).content).toMatchObject([{ type: 'tool_use', input: { on: true } }]);
  });

  it('that answered are quoted', async () => {
    const messages = [
      { role: 'user', content: 'Switch the lamp on' },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'set_lamp', input: { on: true } },
          { type: 'tool_use', id: 'b', name: 'set_lamp', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: 'It is on.' },
          { type: 'tool_result', tool_use_id: 'b', is_error: true, content: [{ type: 'text', text: 'No bulb.' }] },
        ],
      },
    ];
    const quoted = 'The tool answered: It is on.\nThe tool failed: No bulb.';
    expect(text(await ask('', { tools, messages }))).toBe(quoted);
    // A tool named beside its results is not called again: the loop must end.
    const named = { role: 'user', content: 'And now, the lamp?' };
    expect(text(await ask('', { tools, messages: [...messages, named] }))).toBe(quoted);
  });

  it('that a server would have to run are refused', async () => {
    const request = {
      model: 'mock-model',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
    };
    expect(await status('/v1/messages', request)).toBe(400);
    const { max_tokens: _, ...countable } = request;
    expect(await status('/v1/messages/count_tokens', countable)).toBe(400);
  });

  it('that Anthropic defines are called with an input that they understand', async () => {
    const message = await ask('Hi', { tools: [{ type: 'bash_20250124', name: 'bash' }], tool_choice: { type: 'any' } });
    expect(message.content).toMatchObject([{ name: 'bash', input: { command: 'pwd' } }]);
  });
});

describe('Thinking', () => {
  it.each([{ type: 'enabled', budget_tokens: 1024 }, { type: 'adaptive' }])('comes first and is signed: %j', async (thinking) => {
    const message = await ask('Hi', { max_tokens: 2000, thinking });
    expect(message.content.map(({ type }) => type)).toStrictEqual(['thinking', 'text']);
    expect(message.content[0]).toMatchObject({ thinking: 'The user wants an answer to "Hi".', signature: expect.stringMatching(/./) });
    expect(message.usage.output_tokens_details?.thinking_tokens).toBeGreaterThan(0);
  });

  it('can be hidden, or off', async () => {
    const hidden = await ask('Hi', { thinking: { type: 'adaptive', display: 'omitted' } });
    expect(hidden.content[0]).toMatchObject({ type: 'thinking', thinking: '', signature: expect.stringMatching(/./) });
    expect((await ask('Hi', { thinking: { type: 'disabled' } })).content.map(({ type }) => type)).toStrictEqual(['text']);
  });
});

describe('Counting', () => {
  it('grows with everything that the model reads', async () => {
    const plain = await count({});
    expect(plain).toBe(8);
    expect(await count({ messages: [{ role: 'user', content: 'Hi there' }] })).toBeGreaterThan(plain);
    expect(await count({ system: 'Be kind.' })).toBeGreaterThan(plain);
    expect(await count({ tools })).toBeGreaterThan(plain);
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
    expect(await count({ messages: [{ role: 'user', content: [image, { type: 'text', text: 'Hi' }] }] })).toBe(plain + 400);
  });

  it('does not care how a text is written, or what is cached', async () => {
    const cached = { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } };
    expect(await count({ messages: [{ role: 'user', content: [cached] }] })).toBe(8);
    const cachedTools = tools.map((tool) => Object.assign({ cache_control: { type: 'ephemeral' } }, tool));
    expect(await count({ tools: cachedTools.slice(0, 1) })).toBe(await count({ tools: tools.slice(0, 1) }));
  });

  it.each([Promise.resolve(5), Number.NaN, -1, '5'])('is a whole number, or the mock says whose mistake it is: %o', async (tokens) => {
    const errors: unknown[] = [];
    const mock = createMock({ countTokens: () => tokens as never, onError: (error) => errors.push(error) });
    const request = { model: 'mock-model', messages: [{ role: 'user', content: 'Hi' }] };
    await mock.fetch('http://mock/v1/messages/count_tokens', { method: 'POST', headers, body: JSON.stringify(request) });
    expect(String(errors[0])).toContain('MockScriptError: createMock().countTokens(): must be a number of at least 0, not ');
  });

  it('is rounded where it is an estimate', async () => {
    const mock = createMock({ countTokens: () => 2.5 });
    const request = { model: 'mock-model', messages: [{ role: 'user', content: 'Hi' }] };
    const response = await mock.fetch('http://mock/v1/messages/count_tokens', { method: 'POST', headers, body: JSON.stringify(request) });
    expect(await response.json()).toEqual({ input_tokens: 3 });
  });

  it('is what usage says', async () => {
    const more = { system: 'Be kind.', tools };
    expect((await ask('Hi', more)).usage.input_tokens).toBe(await count(more));
  });
});
