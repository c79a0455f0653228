/** Bad input around a request with tools and a tool call in its history. https://platform.claude.com/docs/en/api/messages */
import { messagesRequest } from '../model/probe.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { sayHello } from '../probes/say-hello.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';

const retried = [claudeCode('a 5xx instead is repeated ten times'), sdkTypescript('a 422 or 5xx instead gives another error class')];
const lost = 'Without the refusal a call and its result come apart, and the model answers something else.';
const call = 'toolu_01ConformanceA';

export const badTools: BadInputTable = {
  id: 'bad-tools',
  title: 'A request with tools and a history with one mistake at a time, with and without stream',
  needs: ['tools'],
  before: { steps: ['plain'], send: ({ model, send }) => send('plain', messagesRequest(sayHello(model))) },
  control: { adds: 'tools', control: 'plain' },
  base: (model) => ({
    model,
    max_tokens: 1,
    tools: [lamp, fruit],
    tool_choice: { type: 'auto' },
    messages: [
      { role: 'user', content: 'Switch the lamp on.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: call, name: lamp.name, input: { state: 'on' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call, content: 'The lamp is on.' }] },
    ],
  }),
  rows: [
    {
      row: 'tools-object',
      pointer: '/tools',
      value: { set_lamp: lamp },
      level: 'must',
      requirement: 'Tools that are no array are answered 400.',
      covers: ['err.in.tools-type'],
      breaks: retried,
    },
    {
      row: 'tool-name-missing',
      pointer: '/tools/0/name',
      remove: true,
      level: 'must',
      requirement: 'A tool without a name is answered 400.',
      covers: ['err.in.tool-name-missing'],
      breaks: retried,
    },
    {
      row: 'tool-schema-missing',
      pointer: '/tools/0/input_schema',
      remove: true,
      level: 'must',
      requirement: 'A tool without an input_schema is answered 400.',
      covers: ['err.in.tool-schema-missing'],
      breaks: retried,
    },
    {
      row: 'tool-schema-not-object',
      pointer: '/tools/0/input_schema/type',
      value: 'string',
      level: 'must',
      requirement: 'An input_schema whose type is not object is answered 400.',
      covers: ['err.in.tool-schema-type'],
      breaks: [sdkPython('a tool then gets a string where the program unpacks arguments')],
    },
    {
      row: 'tool-name-twice',
      pointer: '/tools/1/name',
      value: lamp.name,
      level: 'should',
      requirement: 'Two tools of one name are answered 400.',
      covers: ['err.in.tool-duplicate-name'],
      breaks: [],
      why: 'Nobody can tell which of the two was called.',
    },
    {
      row: 'tool-choice-type-unknown',
      pointer: '/tool_choice/type',
      value: 'required',
      level: 'must',
      requirement: 'A tool_choice of an unknown type is answered 400.',
      covers: ['err.in.tool-choice-type'],
      breaks: [],
      why: 'The word is the one that OpenAI uses: a program that was ported halfway believes that it forces a call.',
    },
    {
      row: 'tool-choice-name-missing',
      pointer: '/tool_choice/type',
      value: 'tool',
      level: 'must',
      requirement: 'A tool_choice of type tool without a name is answered 400.',
      covers: ['err.in.tool-choice-missing-name'],
      breaks: retried,
    },
    {
      row: 'tool-result-orphan',
      pointer: '/messages/1/content/0',
      value: { type: 'text', text: 'I will.' },
      level: 'must',
      requirement: 'A tool_result that answers no tool_use of the message before it is answered 400.',
      covers: ['err.in.tool-result-orphan'],
      breaks: [sdkTypescript('a tool runner with threads loses the conversation without an error')],
      why: lost,
    },
    {
      row: 'tool-result-missing',
      pointer: '/messages/2/content/0',
      value: { type: 'text', text: 'Thanks.' },
      level: 'must',
      requirement: 'A tool_use that the next message does not answer is answered 400.',
      covers: ['err.in.tool-result-missing'],
      breaks: [],
      why: lost,
    },
    {
      row: 'tool-use-input-string',
      pointer: '/messages/1/content/0/input',
      value: '{"state":"on"}',
      level: 'must',
      requirement: 'A tool_use in the history whose input is no object is answered 400.',
      covers: ['err.in.tool-use-input-type'],
      breaks: [],
      bugs: ['vllm#48922'],
      why: 'A template that gets a string where it expects an object throws, then or in any later turn.',
    },
  ],
};
