/** Tool calls and results that do not go together, around a history of two calls. https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls */
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import type { JsonObject } from '../../spec/json.ts';
import { type BadInputTable, plainBefore } from './bad-input.ts';
import { lost, retried } from './reasons.ts';

const handlingCalls = 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls';
const first = 'toolu_01ConformanceA';
const second = 'toolu_01ConformanceB';
const answered = (id: string): JsonObject => ({ type: 'tool_result', tool_use_id: id, content: 'Done.' });

export const badToolHistory: BadInputTable = {
  id: 'bad-tool-history',
  title: 'A history of two tool calls with one mistake at a time, with and without stream',
  source: handlingCalls,
  needs: ['tools'],
  before: plainBefore,
  control: { adds: 'tools', control: 'plain' },
  why: lost,
  base: (model) => ({
    model,
    max_tokens: 1,
    tools: [lamp, fruit],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Switch the lamp on and take a pear.' }] },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I will.' },
          { type: 'tool_use', id: first, name: lamp.name, input: { state: 'on' } },
          { type: 'tool_use', id: second, name: fruit.name, input: { fruit: 'pear' } },
        ],
      },
      { role: 'user', content: [answered(first), answered(second), { type: 'text', text: 'Now say hello.' }] },
    ],
  }),
  rows: [
    {
      row: 'tool-result-partial',
      pointer: '/messages/2/content/1',
      value: { type: 'text', text: 'The pear is gone.' },
      seenAt: '/messages/1',
      level: 'must',
      requirement: 'A message that answers only one of two tool_use blocks is answered 400.',
      covers: ['err.in.tool-result-partial'],
    },
    {
      row: 'tool-result-after-text',
      pointer: '/messages/2/content',
      value: [{ type: 'text', text: 'Here you are.' }, answered(first), answered(second)],
      level: 'should',
      requirement: 'Text before the tool_result blocks of a message is answered 400.',
      covers: ['err.in.tool-result-not-first'],
    },
    {
      row: 'tool-result-extra',
      pointer: '/messages/2/content/2',
      value: answered('toolu_01ConformanceC'),
      level: 'should',
      requirement: 'A tool_result that was not asked for, beside those that were, is answered 400.',
      covers: ['err.in.tool-result-extra-id'],
    },
    {
      row: 'tool-result-id-missing',
      pointer: '/messages/2/content/0/tool_use_id',
      remove: true,
      level: 'should',
      requirement: 'A tool_result without tool_use_id is answered 400.',
      covers: ['err.in.tool-result-orphan'],
      breaks: retried,
    },
    {
      row: 'tool-use-id-twice',
      pointer: '/messages/1/content/2/id',
      value: first,
      level: 'should',
      requirement: 'Two tool_use blocks of one id are answered 400.',
      covers: ['err.in.tool-use-duplicate-id'],
      seenAt: '/messages',
      why: 'Servers that number calls from 0 in each answer send equal ids; nobody can tell whose result is whose.',
    },
    {
      row: 'tool-use-id-pattern',
      pointer: '/messages/1/content/1/id',
      value: 'call 1:a',
      level: 'should',
      requirement: 'A tool_use id with characters other than letters, digits, underscores and hyphens is answered 400.',
      covers: ['err.in.tool-use-id-pattern'],
      why: 'Ids made by other servers are a reason why a history cannot be moved to the official service.',
    },
    {
      row: 'tool-use-id-empty',
      pointer: '/messages/1/content/1/id',
      value: '',
      level: 'should',
      requirement: 'An empty tool_use id is answered 400.',
      covers: ['err.in.tool-use-id-pattern'],
    },
    {
      row: 'tool-use-input-array',
      pointer: '/messages/1/content/1/input',
      value: ['on'],
      level: 'must',
      requirement: 'A tool_use whose input is an array is answered 400.',
      covers: ['err.in.tool-use-input-type'],
      breaks: retried,
    },
    {
      row: 'tool-use-in-user',
      pointer: '/messages/0/content/0',
      value: { type: 'tool_use', id: 'toolu_01ConformanceC', name: lamp.name, input: { state: 'on' } },
      level: 'should',
      requirement: 'A tool_use in a user message is answered 400.',
      covers: ['err.in.tool-use-in-user'],
    },
    {
      row: 'tool-result-in-assistant',
      pointer: '/messages/1/content/0',
      value: answered(first),
      level: 'should',
      requirement: 'A tool_result in an assistant message is answered 400.',
      covers: ['err.in.tool-result-in-assistant'],
    },
  ],
};
