/** Forms of a call and its result in the history that a server should take, each in a round of its own. */
import type { JsonObject } from '../../spec/json.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { isList } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';
import type { TogetherTable } from './together.ts';

/** Puts a round of call and result before the last question. */
const round =
  (id: string, call: JsonObject, result: JsonObject) =>
  (body: JsonObject): JsonObject => {
    const messages = isList(body['messages']) ? body['messages'] : [];
    const added = [
      { role: 'user', content: 'Go on.' },
      { role: 'assistant', content: [{ type: 'tool_use', id, name: lamp.name, input: { state: 'on' }, ...call }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'Done.', ...result }] },
      { role: 'assistant', content: [{ type: 'text', text: 'It is done.' }] },
    ];
    return { ...body, messages: [...messages.slice(0, -1), ...added, ...messages.slice(-1)] };
  };

export const historyForms: TogetherTable = {
  id: 'tool-history-forms',
  title: 'Less usual forms of calls and results in a history, together and one by one',
  source: docs.toolUse.replace('overview', 'handle-tool-calls'),
  whole: {
    id: 'tools.result.forms-together',
    requirement:
      'A history is accepted that has an empty list as result, a cache_control on a result, and calls of tools that are no longer offered.',
    breaks: [claudeCode('the session is locked: what was refused stays in its history')],
    fix: 'Accept in a history whatever the protocol allows there; only the tools of this request can be called now.',
  },
  forms: [
    {
      step: 'empty-list',
      id: 'tools.result.empty-list',
      level: 'must',
      requirement: 'A tool_result with an empty list as content is accepted.',
      covers: ['tools.result.empty'],
      breaks: [claudeCode('a tool of an MCP server that returns nothing locks the session')],
      change: round('toolu_01FormsA', {}, { content: [] }),
    },
    {
      step: 'cache-control',
      id: 'tools.result.cache-control',
      level: 'should',
      requirement: 'cache_control on a tool_result is accepted.',
      covers: ['tools.result.cache-control'],
      breaks: [claudeCode('every request after a tool call fails: it marks the last block')],
      change: round('toolu_01FormsB', {}, { cache_control: { type: 'ephemeral' } }),
    },
    {
      step: 'unknown-name',
      id: 'tools.result.unknown-name',
      level: 'should',
      requirement: 'A call in the history may name a tool of up to 200 characters that the request does not offer.',
      covers: ['tools.history.unknown-name'],
      breaks: [],
      why: 'Histories come from other servers, with other limits.',
      change: round('toolu_01FormsD', { name: 'mcp__archive__'.padEnd(200, 'x9'), input: {} }, {}),
    },
    {
      step: 'tool-gone',
      id: 'tools.result.tools-may-change',
      level: 'should',
      requirement: 'The tools may be others than in an earlier turn: a call in the history of one that is no longer offered is accepted.',
      covers: ['tools.loop.tools-can-change'],
      breaks: [claudeCode('the session is locked when an MCP server is switched off')],
      change: (body) => ({ ...round('toolu_01FormsE', {}, {})(body), tools: [fruit] }),
    },
  ],
};
