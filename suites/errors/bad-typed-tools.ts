/** Tools that Anthropic defines and the caller runs: their names are fixed, and sets of them have none. https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview */
import { docs } from '../references.ts';
import type { BadInputTable } from './bad-input.ts';

export const badBash: BadInputTable = {
  id: 'bad-bash',
  title: 'A request that offers the bash tool, with a mistake, with and without stream',
  source: docs.toolUse,
  needs: ['tools'],
  base: (model) => ({
    model,
    max_tokens: 1,
    tools: [{ type: 'bash_20250124', name: 'bash' }],
    messages: [{ role: 'user', content: 'Say hello.' }],
  }),
  rows: [
    {
      row: 'bash-name-other',
      pointer: '/tools/0/name',
      value: 'shell',
      level: 'may',
      requirement: 'A bash tool with another name than bash is answered 400.',
      covers: ['tool.def.wrong-fixed-name'],
      why: 'The name is part of what the model was trained with; another one makes it a tool that it does not know.',
    },
  ],
};

const browser = { type: 'browser_toolset_20260801' } as const;

export const badToolset: BadInputTable = {
  id: 'bad-toolset',
  title: 'A request that offers the browser toolset, with one mistake at a time, with and without stream',
  source: docs.toolUse,
  needs: ['tools'],
  why: 'A set brings tools of its own, so what belongs to one tool means nothing on it.',
  base: (model) => ({ model, max_tokens: 1, tools: [browser], messages: [{ role: 'user', content: 'Say hello.' }] }),
  rows: [
    {
      row: 'toolset-name',
      pointer: '/tools/0/name',
      value: 'browser',
      level: 'may',
      requirement: 'A toolset with a name is answered 400.',
      covers: ['tool.def.toolset-rules'],
    },
    {
      row: 'toolset-strict',
      pointer: '/tools/0/strict',
      value: true,
      level: 'may',
      requirement: 'A toolset with strict is answered 400.',
      covers: ['tool.def.toolset-rules'],
    },
    {
      row: 'toolset-examples',
      pointer: '/tools/0/input_examples',
      value: [{}],
      level: 'may',
      requirement: 'A toolset with input_examples is answered 400.',
      covers: ['tool.def.toolset-rules'],
    },
    {
      row: 'toolset-deferred',
      pointer: '/tools/0/defer_loading',
      value: true,
      level: 'may',
      requirement: 'A toolset with defer_loading is answered 400; its members have their own.',
      covers: ['tool.def.toolset-rules'],
    },
    {
      row: 'toolset-twice',
      pointer: '/tools',
      value: [browser, browser],
      level: 'may',
      requirement: 'Two toolsets of one type are answered 400.',
      covers: ['tool.def.toolset-rules'],
    },
    {
      row: 'toolset-chosen',
      pointer: '/tool_choice',
      value: { type: 'tool', name: browser.type },
      level: 'may',
      requirement: 'A tool_choice that names a toolset is answered 400.',
      covers: ['tool.def.toolset-rules'],
    },
  ],
};
