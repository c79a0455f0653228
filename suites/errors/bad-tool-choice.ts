/** Bad choices among the tools of a request. https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools */
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { type BadInputTable, plainBefore } from './bad-input.ts';
import { hidden, retried } from './reasons.ts';

export const badToolChoice: BadInputTable = {
  id: 'bad-tool-choice',
  title: 'A request that offers tools, with one mistake in tool_choice at a time, with and without stream',
  needs: ['tools'],
  before: plainBefore,
  control: { adds: 'tools', control: 'plain' },
  why: hidden,
  base: (model) => ({ model, max_tokens: 1, tools: [lamp, fruit], messages: [{ role: 'user', content: 'Say hello.' }] }),
  rows: [
    {
      row: 'tool-choice-string',
      pointer: '/tool_choice',
      value: 'auto',
      level: 'must',
      requirement: 'A tool_choice that is a string is answered 400.',
      covers: ['err.in.tool-choice-type'],
      breaks: retried,
      why: 'OpenAI takes the string.',
    },
    {
      row: 'tool-choice-tool-unknown',
      pointer: '/tool_choice',
      value: { type: 'tool', name: 'no_such_tool' },
      level: 'should',
      requirement: 'A tool_choice that names a tool that is not offered is answered 400.',
      covers: ['err.in.tool-choice-unknown-tool'],
      why: 'A forced call of a tool that does not exist cannot be answered by anybody.',
    },
    {
      row: 'tool-choice-none-with-parallel',
      pointer: '/tool_choice',
      value: { type: 'none', disable_parallel_tool_use: true },
      level: 'should',
      requirement: 'disable_parallel_tool_use beside a tool_choice of none is answered 400.',
      covers: ['err.in.tool-choice-none-extra'],
    },
    {
      row: 'tool-choice-key-unknown',
      pointer: '/tool_choice',
      value: { type: 'auto', function: { name: lamp.name } },
      level: 'should',
      requirement: 'An unknown field in tool_choice is answered 400.',
      covers: ['err.in.tool-choice-type'],
      why: 'The field is the one of OpenAI: a program that was ported halfway believes that it forces this tool.',
    },
  ],
};

/** Needs no tools: the control is the plain request. */
export const badToolChoiceAlone: BadInputTable = {
  id: 'bad-tool-choice-alone',
  title: 'A plain request that forces a tool call, with and without stream',
  base: (model) => ({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Say hello.' }] }),
  rows: [
    {
      row: 'tool-choice-without-tools',
      pointer: '/tool_choice',
      value: { type: 'any' },
      level: 'should',
      requirement: 'A tool_choice that forces a call where no tools are offered is answered 400.',
      covers: ['err.in.tool-choice-without-tools'],
      why: 'The model is told to call what does not exist; what comes back is text, or a call of an invented tool.',
    },
  ],
};
