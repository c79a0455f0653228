import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReferenceServer, startReferenceServer } from './serve.ts';

let server: ReferenceServer;
let client: Anthropic;
beforeAll(async () => {
  server = await startReferenceServer({ apiKeys: ['a key'] });
  client = new Anthropic({ baseURL: server.url, apiKey: 'a key', authToken: null, maxRetries: 0 });
});
afterAll(() => server.close());

const weather: Anthropic.Tool = {
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  input_schema: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
};
const question: Anthropic.MessageParam = { role: 'user', content: 'What is the weather in Paris?' };

test('models.list has the bundled model', async () => {
  const models = await client.models.list();
  expect(models.data.map(({ id }) => id)).toEqual(['tiny']);
  expect((await client.models.retrieve('tiny')).max_input_tokens).toBe(server.model.max_input_tokens);
});

test('create answers, with the usage that countTokens promised', async () => {
  const messages = [{ role: 'user', content: 'Hello' }] as const;
  const message = await client.messages.create({ model: 'tiny', max_tokens: 64, messages: [...messages] });
  expect(message).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn', content: [{ type: 'text' }] });
  expect((await client.messages.countTokens({ model: 'tiny', messages: [...messages] })).input_tokens).toBe(message.usage.input_tokens);
});

test('stream gives the same message, piece by piece', async () => {
  const request: Anthropic.MessageCreateParamsNonStreaming = {
    model: 'tiny',
    max_tokens: 64,
    messages: [{ role: 'user', content: 'Count to 5' }],
  };
  const stream = client.messages.stream(request);
  let pieces = 0;
  stream.on('text', () => {
    pieces += 1;
  });
  const final = await stream.finalMessage();
  expect(pieces).toBeGreaterThan(3);
  expect(final.content).toEqual((await client.messages.create(request)).content);
});

test('a tool loop of two turns ends with an answer', async () => {
  const called = await client.messages.create({
    model: 'tiny',
    max_tokens: 256,
    tools: [weather],
    tool_choice: { type: 'any' },
    messages: [question],
  });
  expect(called.stop_reason).toBe('tool_use');
  const results = called.content
    .filter((block) => block.type === 'tool_use')
    .map((block) => ({ type: 'tool_result', tool_use_id: block.id, content: '18°C and sunny' }) as const);
  const messages: Anthropic.MessageParam[] = [question, { role: 'assistant', content: called.content }, { role: 'user', content: results }];
  const answer = await client.messages.create({ model: 'tiny', max_tokens: 256, tools: [weather], messages });
  expect(answer.stop_reason).toBe('end_turn');
  expect(answer.content).toMatchObject([{ type: 'text', text: expect.stringContaining('18') as unknown }]);
});

test('thinking streams, and its block is taken back', async () => {
  const thinking = { type: 'enabled', budget_tokens: 1024 } as const;
  const first = await client.messages
    .stream({ model: 'tiny', max_tokens: 2000, thinking, messages: [{ role: 'user', content: 'Say "yes"' }] })
    .finalMessage();
  expect(first.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
  const messages: Anthropic.MessageParam[] = [
    { role: 'user', content: 'Say "yes"' },
    { role: 'assistant', content: first.content },
    { role: 'user', content: 'Thanks' },
  ];
  expect((await client.messages.create({ model: 'tiny', max_tokens: 2000, thinking, messages })).content.length).toBeGreaterThan(0);
});

test('what the model cannot do is a 400 that says where', async () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } } as const;
  await expect(
    client.messages.create({ model: 'tiny', max_tokens: 9, messages: [{ role: 'user', content: [image] }] }),
  ).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('messages.0.content.0: this model does not take images') as unknown,
  });
});

test('a wrong key is refused', async () => {
  const stranger = new Anthropic({ baseURL: server.url, apiKey: 'no key', authToken: null, maxRetries: 0 });
  await expect(stranger.models.list()).rejects.toMatchObject({ status: 401 });
});

test('a port that is taken is an error, and a file that is no model one sentence', async () => {
  await expect(startReferenceServer({ port: Number(new URL(server.url).port), contextSize: 256 })).rejects.toMatchObject({
    code: 'address-in-use',
  });
  await expect(startReferenceServer({ path: import.meta.filename })).rejects.toMatchObject({ code: 'model-invalid' });
});
