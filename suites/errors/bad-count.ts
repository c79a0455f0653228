/** Bad input to count_tokens, which validates as messages does. https://platform.claude.com/docs/en/api/messages-count-tokens */
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { docs } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';

const mismatch = 'A count of a request that will be refused says that it will not.';

export const badCount: BadInputTable = {
  id: 'bad-count',
  title: 'A count of a plain request with one mistake at a time',
  endpoint: 'count-tokens',
  source: docs.tokenCounting,
  needs: ['count-tokens'],
  why: mismatch,
  base: (model) => ({ model, messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }] }),
  rows: [
    {
      row: 'count-model-missing',
      pointer: '/model',
      remove: true,
      level: 'should',
      requirement: 'count_tokens answers a request without model with 400.',
      covers: ['count.validation-same', 'err.in.model-missing'],
    },
    {
      row: 'count-messages-missing',
      pointer: '/messages',
      remove: true,
      level: 'should',
      requirement: 'count_tokens answers a request without messages with 400.',
      covers: ['count.validation-same', 'err.in.messages-missing'],
    },
    {
      row: 'count-messages-empty',
      pointer: '/messages',
      value: [],
      level: 'should',
      requirement: 'count_tokens answers an empty list of messages with 400.',
      covers: ['count.validation-same', 'err.in.messages-empty'],
    },
    {
      row: 'count-role-unknown',
      pointer: '/messages/0/role',
      value: 'function',
      level: 'should',
      requirement: 'count_tokens answers a role other than user, assistant and system with 400.',
      covers: ['count.validation-same', 'err.in.message-role-unknown'],
    },
    {
      row: 'count-content-number',
      pointer: '/messages/0/content',
      value: 7,
      level: 'should',
      requirement: 'count_tokens answers content that is neither a string nor an array with 400.',
      covers: ['count.validation-same', 'err.in.message-content-type'],
    },
    {
      row: 'count-block-type-unknown',
      pointer: '/messages/0/content/0/type',
      value: 'no_such_block',
      level: 'should',
      requirement: 'count_tokens answers a content block of an unknown type with 400.',
      covers: ['count.validation-same', 'err.in.content-block-unknown-type'],
      why: 'A block that is not counted makes a count too small, and the context overflows.',
    },
    {
      row: 'count-system-number',
      pointer: '/system',
      value: 7,
      level: 'should',
      requirement: 'count_tokens answers a system prompt that is neither a string nor an array with 400.',
      covers: ['count.validation-same', 'err.in.system-type'],
    },
    {
      row: 'count-key-unknown',
      pointer: '/no_such_field',
      value: 1,
      level: 'should',
      requirement: 'count_tokens answers an unknown field with 400.',
      covers: ['count.validation-same', 'err.in.top-level-extra-key'],
    },
  ],
};

const call = 'toolu_01ConformanceA';

export const badCountTools: BadInputTable = {
  id: 'bad-count-tools',
  title: 'A count of a request with a tool call, with one mistake at a time',
  endpoint: 'count-tokens',
  source: docs.tokenCounting,
  needs: ['count-tokens', 'tools'],
  why: mismatch,
  base: (model) => ({
    model,
    tools: [lamp, fruit],
    messages: [
      { role: 'user', content: 'Switch the lamp on.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: call, name: lamp.name, input: { state: 'on' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call, content: 'It is on.' }] },
    ],
  }),
  rows: [
    {
      row: 'count-tool-schema-missing',
      pointer: '/tools/0/input_schema',
      remove: true,
      level: 'should',
      requirement: 'count_tokens answers a tool without an input_schema with 400.',
      covers: ['count.validation-same', 'err.in.tool-schema-missing'],
    },
    {
      row: 'count-tool-name-twice',
      pointer: '/tools/1/name',
      value: lamp.name,
      level: 'should',
      requirement: 'count_tokens answers two tools of one name with 400.',
      covers: ['count.validation-same', 'err.in.tool-duplicate-name'],
    },
    {
      row: 'count-tool-result-orphan',
      pointer: '/messages/1/content/0',
      value: { type: 'text', text: 'I will.' },
      level: 'should',
      requirement: 'count_tokens answers a tool_result without its tool_use with 400.',
      covers: ['count.validation-same', 'err.in.tool-result-orphan'],
      seenAt: '/messages/2',
    },
  ],
};
