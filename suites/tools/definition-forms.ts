/** Forms of a tool definition that a server should take, each in a tool of its own. https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools */
import type { JsonObject } from '../../spec/json.ts';
import { isList } from '../reading.ts';
import { claudeCode, docs, sdkPython } from '../references.ts';
import type { TogetherTable } from './together.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };

/** Longer than any list that people write by hand: identifiers of an account, countries, columns of a table. */
const manyValues = Array.from({ length: 300 }, (_, position) => `item_${position}`);

const adding =
  (...added: readonly JsonObject[]) =>
  (body: JsonObject): JsonObject => ({ ...body, tools: [...(isList(body['tools']) ? body['tools'] : []), ...added] });

export const definitionForms: TogetherTable = {
  id: 'tool-definition-forms',
  title: 'Less usual forms of tool definitions, together and one by one',
  source: docs.toolUse.replace('overview', 'define-tools'),
  whole: {
    id: 'tools.definition.forms-together',
    requirement:
      'Tools with input_examples, allowed_callers, eager_input_streaming, long names, a large enum and any text as description are accepted together.',
    breaks: [claudeCode('one tool of an MCP server that the server does not like makes every request fail')],
    fix: 'Accept every documented field of a tool; ignore what only tunes delivery.',
  },
  forms: [
    {
      step: 'name-128',
      id: 'tools.definition.name-128',
      level: 'should',
      requirement: 'A tool name of 128 characters is accepted.',
      covers: ['tool.def.name-128'],
      breaks: [claudeCode('MCP tools, whose names hold the name of their server, fail')],
      change: adding({ name: 'find_place-'.padEnd(128, 'x9'), input_schema: schema }),
    },
    {
      step: 'input-examples',
      id: 'tools.definition.input-examples',
      level: 'should',
      requirement: 'input_examples that fit the schema are accepted.',
      covers: ['tool.def.input-examples-valid'],
      breaks: [sdkPython('tools that were written for the official service are refused')],
      change: adding({ name: 'find_river', input_schema: schema, input_examples: [{ city: 'Basel' }, { city: 'Köln' }] }),
    },
    {
      step: 'eager-input-streaming',
      id: 'tools.definition.eager-input-streaming',
      level: 'should',
      requirement: 'eager_input_streaming is accepted as true, false and null.',
      covers: ['tool.def.eager-input-streaming'],
      breaks: [claudeCode('sends it where fine-grained streaming is on')],
      change: adding(
        ...[true, false, null].map((eager) => ({ name: `find_town_${eager}`, input_schema: schema, eager_input_streaming: eager })),
      ),
    },
    {
      step: 'allowed-callers',
      id: 'tools.definition.allowed-callers',
      level: 'should',
      requirement: 'allowed_callers with direct alone, which is the default, is accepted.',
      covers: ['tool.def.allowed-callers'],
      breaks: [],
      why: 'Programs that use both ways of calling set it on every tool.',
      change: adding({ name: 'find_lake', input_schema: schema, allowed_callers: ['direct'] }),
    },
    {
      step: 'large-enum',
      id: 'tools.definition.large-enum',
      level: 'may',
      requirement: 'An enum of 300 values is accepted.',
      covers: ['tools.schema.large-enum'],
      breaks: [],
      why: 'Tools made from databases list what there is.',
      fix: 'Compile enums to a trie, not to one alternative after the other.',
      change: adding({
        name: 'find_item',
        input_schema: { type: 'object', properties: { item: { type: 'string', enum: manyValues } }, required: ['item'] },
      }),
    },
    {
      step: 'description-unicode',
      id: 'tools.definition.description-unicode',
      level: 'should',
      requirement: 'A description with quotes, backslashes, line breaks, braces and characters beyond ASCII is accepted.',
      covers: ['tools.description-unicode'],
      breaks: [claudeCode('its tools are described in pages of Markdown with code in it')],
      fix: 'Escape descriptions when the chat template puts them into JSON.',
      change: adding({
        name: 'find_text',
        description: 'Finds "text" in C:\\notes\n\n- {{ braces }} and {% tags %}\n- <tags> & entities\n- 你好, שלום, naïve 👋🏽\t`code`',
        input_schema: schema,
      }),
    },
  ],
};
