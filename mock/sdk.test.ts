import Anthropic, { AuthenticationError, NotFoundError } from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { createMock } from './index.ts';

const client = new Anthropic({ apiKey: 'test', authToken: null, baseURL: 'http://mock.invalid', maxRetries: 0, fetch: createMock().fetch });
const hi: Anthropic.MessageParam = { role: 'user', content: 'Say hello there, friend.' };
const weather: Anthropic.Tool = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' }, unit: { enum: ['C', 'F'] } }, required: ['city', 'unit'] },
};

/** What does not differ from answer to answer. */
function comparable({ content, stop_reason, usage }: Anthropic.Message): unknown {
  return { content: content.map((block) => (block.type === 'tool_use' ? Object.assign(block, { id: '' }) : block)), stop_reason, usage };
}

describe('The official SDK with the fetch of a mock', () => {
  it('creates a message', async () => {
    const message = await client.messages.create({ model: 'mock-model', max_tokens: 100, messages: [hi] });
    expect(message.content).toStrictEqual([{ type: 'text', text: 'hello there, friend.', citations: null }]);
    expect(message.stop_reason).toBe('end_turn');
    expect(message._request_id).toMatch(/^req_/);
  });

  it('streams to a final message that equals the created one', async () => {
    const request = { model: 'mock-model', max_tokens: 300, messages: [{ role: 'user' as const, content: 'weather?' }], tools: [weather] };
    const streamed = await client.messages.stream(request).finalMessage();
    const created = await client.messages.create(request);
    expect(comparable(streamed)).toStrictEqual(comparable(created));
    expect(streamed.stop_reason).toBe('tool_use');
  });

  it('loops over a tool', async () => {
    const question: Anthropic.MessageParam = { role: 'user', content: 'What is the weather in Paris?' };
    const first = await client.messages.create({ model: 'mock-model', max_tokens: 100, tools: [weather], messages: [question] });
    const call = first.content.find((block) => block.type === 'tool_use');
    expect(call).toMatchObject({ name: 'get_weather', input: { city: 'text', unit: 'C' } });
    const answer = await client.messages.create({
      model: 'mock-model',
      max_tokens: 100,
      tools: [weather],
      messages: [
        question,
        { role: 'assistant', content: first.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'sunny, 21 degrees' }] },
      ],
    });
    expect(answer.content).toMatchObject([{ type: 'text', text: 'The tool answered: sunny, 21 degrees' }]);
    expect(answer.stop_reason).toBe('end_turn');
  });

  it('counts tokens as usage does', async () => {
    const { input_tokens } = await client.messages.countTokens({ model: 'mock-model', messages: [hi] });
    const { usage } = await client.messages.create({ model: 'mock-model', max_tokens: 10, messages: [hi] });
    expect(usage.input_tokens).toBe(input_tokens);
  });

  it('lists and finds models', async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list({ limit: 1 })) ids.push(id);
    expect(ids).toStrictEqual(['mock-model', 'local/mock-model:mini', 'mock-claude', 'mock-haiku-20250301']);
    expect((await client.models.retrieve('local/mock-model:mini')).display_name).toBe('Mock Mini');
  });

  it('gets the right error classes', async () => {
    await expect(client.messages.create({ model: 'nope', max_tokens: 1, messages: [hi] })).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.messages.create({ model: 'mock-model', max_tokens: -1, messages: [hi] })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
    });
    const locked = new Anthropic({ apiKey: 'wrong', authToken: null, maxRetries: 0, fetch: createMock({ apiKeys: ['right'] }).fetch });
    await expect(locked.models.list()).rejects.toBeInstanceOf(AuthenticationError);
  });
});
