import Anthropic, { AnthropicError } from '@anthropic-ai/sdk';
import { createMock, say, stream, useTool } from 'messages-conformance/mock';
import { handlers } from 'messages-conformance/msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runAgent, type AgentTool } from './agent.ts';

const mock = createMock();
const server = setupServer(...handlers(mock));

beforeAll(() => server.listen());
beforeEach(() => mock.reset());
afterEach(() => mock.verify());
afterAll(() => server.close());

/** An ordinary client: it asks api.anthropic.com, and MSW answers. The SDK keeps the `fetch` that it finds, so it is made after `server.listen()`. */
const newClient = (): Anthropic => new Anthropic({ apiKey: 'test', baseURL: 'https://api.anthropic.com', maxRetries: 0 });

const weather: AgentTool = {
  definition: { name: 'get_weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } },
  run: async () => 'sunny, 21 degrees',
};

test('a tool is run, and the model is told what it said', async () => {
  mock.when({ lastUser: /weather/ }).reply(useTool('get_weather', { city: 'Paris' }));
  mock.when({ toolResult: 'get_weather' }).reply(say('It is sunny.'));
  expect(await runAgent(newClient(), 'mock-model', 'How is the weather in Paris?', [weather])).toBe('It is sunny.');
});

test('a connection that breaks in the middle of a stream is an error, also through MSW', async () => {
  mock.once(stream().text('It is su').reset());
  const answer = newClient().messages.stream({ model: 'mock-model', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] });
  await expect(answer.finalMessage()).rejects.toThrow(AnthropicError);
});
