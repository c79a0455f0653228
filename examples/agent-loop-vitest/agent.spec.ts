import Anthropic from '@anthropic-ai/sdk';
import { say, think, useTool, type Mock } from 'messages-conformance/mock';
import { mockFixture } from 'messages-conformance/vitest';
import { expect, test as base } from 'vitest';
import { runAgent, type AgentTool } from './agent.ts';

/** Every test gets a mock of its own, and fails at its end if the script was not followed to the letter. */
const test = base.extend(mockFixture({ model: 'claude-x' }));

const weather: AgentTool = {
  definition: {
    name: 'get_weather',
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
  run: async (input) => {
    if (JSON.stringify(input) === '{"city":"Paris"}') return 'sunny, 21 degrees';
    throw new Error('unknown city');
  },
};

/** No port and no interception: the SDK asks the mock directly. */
const clientOf = (mock: Mock): Anthropic => new Anthropic({ apiKey: 'test', fetch: mock.fetch });

test('an answer needs no tool', async ({ mock }) => {
  mock.once(say('Hello!'));
  expect(await runAgent(clientOf(mock), 'claude-x', 'Hi', [weather])).toBe('Hello!');
});

test('a tool is run, and the model is told what it said', async ({ mock }) => {
  mock.when({ lastUser: /weather/ }).reply(think('I have to look.').useTool('get_weather', { city: 'Paris' }));
  mock.when({ toolResult: 'get_weather' }).reply(say('It is sunny.'));
  expect(await runAgent(clientOf(mock), 'claude-x', 'How is the weather in Paris?', [weather])).toBe('It is sunny.');
  expect(mock).toHaveReceivedMessage({ messages: [{ content: [{ type: 'tool_result', content: 'sunny, 21 degrees' }] }] });
});

test('a tool that fails does not end the conversation', async ({ mock }) => {
  mock.once(useTool('get_weather', { city: 'Atlantis' }));
  mock.once(say('I do not know that city.'));
  expect(await runAgent(clientOf(mock), 'claude-x', 'How is the weather in Atlantis?', [weather])).toBe('I do not know that city.');
  expect(mock).toHaveReceivedMessage({ messages: [{ content: [{ is_error: true, content: /unknown city/ }] }] });
});

test('a model that never stops calling tools is stopped', async ({ mock }) => {
  mock.otherwise(useTool('get_weather', { city: 'Paris' }));
  await expect(runAgent(clientOf(mock), 'claude-x', 'How is the weather?', [weather])).rejects.toThrow('no answer in 10 turns');
  expect(mock.requests).toHaveLength(10);
});
