/** Parts of tool use that a server takes or refuses, each added to a request with two tools. */
import type { JsonObject } from '../../spec/json.ts';
import { pictures } from '../content/pictures.ts';
import { fruit, lamp, withTools } from '../probes/lamp-and-fruit.ts';
import { sayHello } from '../probes/say-hello.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { adding, type VariantTable } from '../variants.ts';

const id = 'toolu_01ConformanceA';
const toolResults = docs.toolUse.replace('overview', 'handle-tool-calls');
const locks = 'the session is locked: what was refused stays in its history';

/** The history in which the lamp was switched on, with that result. */
function answering(content: unknown, more: JsonObject = {}): (base: JsonObject) => JsonObject {
  return adding({
    ...more,
    messages: [
      { role: 'user', content: 'Switch the lamp on and take a pear.' },
      { role: 'assistant', content: [{ type: 'tool_use', id, name: lamp.name, input: { state: 'on' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] },
    ],
  });
}

/** But for the picture, the same as the step `blocks` of the probe `tool-history`. */
const lampAndPicture: readonly JsonObject[] = [
  { type: 'text', text: 'The lamp' },
  { type: 'text', text: 'is on.' },
  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pictures.red } },
];

/** A small tool, as agents with many of them send. */
function tool(position: number): JsonObject {
  return {
    name: `set_switch_${position}`,
    description: `Sets switch ${position}.`,
    input_schema: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
  };
}

export const toolOptions: VariantTable = {
  id: 'tool-options',
  title: 'Optional parts of tool use, one at a time',
  base: withTools,
  before: { steps: ['plain'], send: ({ model, send }) => send('plain', { method: 'POST', path: '/v1/messages', json: sayHello(model) }) },
  control: { adds: 'tools', control: 'plain' },
  needs: ['tools'],
  source: docs.toolUse,
  rows: [
    {
      step: 'many',
      id: 'tools.definition.many',
      level: 'should',
      requirement: 'A hundred small tools are accepted.',
      covers: ['tool.def.many'],
      breaks: [claudeCode('a few MCP servers bring as many')],
      outcome: 'accepted',
      change: adding({ tools: Array.from({ length: 100 }, (_, position) => tool(position + 1)) }),
    },
    {
      step: 'empty-array',
      id: 'tools.definition.empty-array',
      level: 'should',
      requirement: 'An empty array of tools is accepted.',
      covers: ['tool.def.empty-array'],
      breaks: [sdkPython('programs that collect their tools fail where there are none')],
      fix: 'Treat an empty array as none given.',
      outcome: 'accepted',
      change: adding({ tools: [] }),
    },
    {
      step: 'defer-loading',
      id: 'tools.definition.defer-loading',
      level: 'may',
      requirement: 'defer_loading on one of several tools is accepted.',
      covers: ['tool.def.defer-loading'],
      breaks: [claudeCode('every first request is sent four times, until all tools are inline')],
      bugs: ['vllm#40190'],
      fix: 'A server without tool search shows the model every tool.',
      outcome: 'accepted',
      change: adding({ tools: [{ ...lamp, defer_loading: true }, fruit] }),
    },
    {
      step: 'choice-none-without-tools',
      id: 'tool-choice.none.without-tools',
      level: 'should',
      requirement: 'tool_choice none is accepted without tools, where it is the default.',
      covers: ['tc.none-without-tools'],
      source: docs.toolUse.replace('overview', 'define-tools'),
      breaks: [],
      why: 'Programs switch tools off by either field, or by both.',
      outcome: 'accepted',
      change: ({ tools: _tools, ...base }) => ({ ...base, tool_choice: { type: 'none' } }),
    },
    {
      step: 'choice-none-history',
      id: 'tool-choice.none.with-history',
      level: 'should',
      requirement: 'tool_choice none is accepted where the history has calls and results.',
      covers: ['tools.none.history-ok'],
      source: docs.toolUse.replace('overview', 'define-tools'),
      breaks: [sdkPython('programs that ask for a summary at the end cannot')],
      outcome: 'accepted',
      change: answering('The lamp is on.', { tool_choice: { type: 'none' } }),
    },
    {
      step: 'image',
      id: 'tools.result.image',
      level: 'may',
      requirement: 'An image in a tool_result is accepted, or refused with 400.',
      covers: ['tools.result.image'],
      source: toolResults,
      needs: ['images'],
      breaks: [claudeCode(`after its Read tool opened a picture, ${locks}`)],
      outcome: 'handled',
      change: answering(lampAndPicture),
    },
    {
      step: 'image-stream',
      id: 'tools.result.image-in-stream',
      level: 'may',
      requirement: 'A stream is begun for a request with an image in a tool_result, or the request is refused with 400.',
      covers: ['tools.result.image'],
      source: toolResults,
      needs: ['images'],
      breaks: [claudeCode(`after its Read tool opened a picture, ${locks}`)],
      outcome: 'handled',
      change: answering(lampAndPicture, { stream: true }),
    },
    {
      step: 'document',
      id: 'tools.result.document',
      level: 'may',
      requirement: 'A document in a tool_result is accepted, or refused with 400.',
      covers: ['tools.result.document'],
      source: toolResults,
      needs: ['documents'],
      breaks: [claudeCode(`after its Read tool opened a document, ${locks}`)],
      bugs: ['sglang#31179'],
      outcome: 'handled',
      change: answering([{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'The lamp is on.' } }]),
    },
    {
      step: 'search-result',
      id: 'tools.result.search-result',
      level: 'may',
      requirement: 'A search_result in a tool_result is accepted, or refused with 400.',
      covers: ['tools.result.search-result'],
      source: toolResults,
      breaks: [sdkPython('programs that let the model cite what they found fail')],
      outcome: 'handled',
      change: answering([
        {
          type: 'search_result',
          source: 'https://example.com/lamp',
          title: 'The lamp',
          content: [{ type: 'text', text: 'The lamp is on.' }],
        },
      ]),
    },
    {
      step: 'tool-reference',
      id: 'tools.result.tool-reference',
      level: 'may',
      requirement: 'A tool_reference in a tool_result, to a tool whose loading was deferred, is accepted, or refused with 400.',
      covers: ['tools.result.tool-reference'],
      source: toolResults,
      breaks: [claudeCode(`after a tool search, ${locks}`)],
      bugs: ['claude-code#30912', 'claude-code#77928', 'vllm#40190'],
      fix: 'Read a reference as the name of the tool where the chat template has no place for it.',
      outcome: 'handled',
      change: answering([{ type: 'tool_reference', tool_name: fruit.name }], { tools: [lamp, { ...fruit, defer_loading: true }] }),
    },
    {
      step: 'split-results',
      id: 'tools.result.split-messages',
      level: 'should',
      requirement: 'Results of one turn split over two user messages, which count as one turn, are accepted, or refused with 400.',
      covers: ['tools.result.split-messages'],
      source: toolResults,
      breaks: [],
      why: 'Programs that run their tools one by one append one message after the other.',
      fix: 'Merge neighbours of the same role before pairing calls with results.',
      outcome: 'handled',
      change: (base) => ({
        ...base,
        messages: [
          { role: 'user', content: 'Switch the lamp on and take a pear.' },
          {
            role: 'assistant',
            content: [
              { type: 'tool_use', id, name: lamp.name, input: { state: 'on' } },
              { type: 'tool_use', id: 'toolu_01ConformanceB', name: fruit.name, input: { fruit: 'pear' } },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'The lamp is on.' }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01ConformanceB', content: 'A pear.' }] },
        ],
      }),
    },
    {
      step: 'history-without-tools',
      id: 'tools.result.without-tools',
      level: 'may',
      requirement: 'A history with calls and results in a request that offers no tools is accepted, or refused with 400.',
      covers: ['tools.loop.history-without-tools'],
      source: toolResults,
      breaks: [sdkTypescript('programs that ask for a summary without tools get an error that they cannot read')],
      outcome: 'handled',
      change: (base) => {
        const { tools: _tools, ...rest } = answering('The lamp is on.')(base);
        return rest;
      },
    },
  ],
};
