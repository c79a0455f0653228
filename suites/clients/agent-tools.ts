/**
 * Twenty-five tools as a coding agent sends them: the schema keywords that Claude Code uses, an object without properties, a property
 * without a type, a bound that no grammar counts to, text beyond ASCII, a tool whose definition is deferred. No tool has a `type`, `strict`
 * or examples, and some schemas have no `required`. Texts are our own.
 */
import type { JsonObject } from '../../spec/json.ts';

const draft = 'https://json-schema.org/draft/2020-12/schema';

const text: JsonObject = { type: 'string' };
const name: JsonObject = { type: 'string', minLength: 1, maxLength: 200 };
const path: JsonObject = { type: 'string', minLength: 1, description: 'Absolute path' };
const count: JsonObject = { type: 'integer', minimum: 1, maximum: 1000, default: 100 };
const seconds: JsonObject = { type: 'number', exclusiveMinimum: 0, maximum: 600 };
const address: JsonObject = { type: 'string', format: 'uri' };

function tool(toolName: string, description: string, properties: JsonObject, required?: readonly string[]): JsonObject {
  return {
    name: toolName,
    description,
    input_schema: {
      $schema: draft,
      type: 'object',
      properties,
      ...(required === undefined ? {} : { required }),
      additionalProperties: false,
    },
  };
}

/** All of them, as it sends them where its tool search is off. */
export const agentTools: readonly JsonObject[] = [
  tool('ReadFile', 'Reads a file of the project.', { path, offset: { type: 'integer', minimum: 0 }, limit: count }, ['path']),
  tool('WriteFile', 'Writes a file — all of it.', { path, content: text }, ['path', 'content']),
  tool('EditFile', 'Replaces a text.', { path, old: text, new: text, all: { type: 'boolean', default: false } }, ['path', 'old', 'new']),
  tool(
    'EditMany',
    'Makes several replacements in one file.',
    {
      path,
      edits: {
        type: 'array',
        maxItems: 50,
        items: { type: 'object', properties: { old: text, new: text }, required: ['old', 'new'], additionalProperties: false },
      },
    },
    ['path', 'edits'],
  ),
  tool('FindFiles', 'Finds files by pattern.', { pattern: name, path }, ['pattern']),
  tool(
    'Search',
    'Searches in files.',
    { pattern: name, mode: { type: 'string', enum: ['content', 'files', 'count'] }, '-i': { type: 'boolean' }, head: count },
    ['pattern'],
  ),
  tool(
    'RunCommand',
    'Runs a command in a shell: ls, grep, sed … → its output.',
    { command: text, timeout: seconds, background: { type: 'boolean' } },
    ['command'],
  ),
  tool('CommandOutput', 'Reads what a command printed.', { id: { type: 'string', pattern: '^[a-z0-9]+$' } }, ['id']),
  tool('StopCommand', 'Ends a command.', { id: text }),
  tool('FetchPage', 'Fetches a page.', { url: address, question: text }, ['url']),
  tool('SearchWeb', 'Searches the web.', { query: { type: 'string', minLength: 2 }, sites: { type: 'array', items: text } }, ['query']),
  tool(
    'Delegate',
    'Gives a task to a second agent.',
    {
      task: { ...text, maxLength: 524_288 },
      kind: { anyOf: [{ const: 'explore' }, { const: 'plan' }] },
      model: { enum: ['small', 'large'] },
    },
    ['task'],
  ),
  tool(
    'WriteList',
    'Keeps the list of what is to be done.',
    {
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { text: name, state: { type: 'string', enum: ['open', 'doing', 'done'] } },
          required: ['text', 'state'],
          additionalProperties: false,
        },
      },
    },
    ['items'],
  ),
  tool(
    'AskUser',
    'Asks the user.',
    {
      questions: {
        type: 'array',
        maxItems: 4,
        items: { type: 'object', properties: { question: name, options: { type: 'array', items: text } } },
      },
      answers: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: { type: 'string' } },
    },
    ['questions'],
  ),
  tool('EditNotebook', 'Changes a cell of a notebook.', { path, cell: text, kind: { type: 'string', enum: ['code', 'markdown'] } }, [
    'path',
  ]),
  tool('EnterPlan', 'Begins to plan.', {}),
  tool('LeavePlan', 'Shows the plan.', {
    plan: text,
    allowed: { type: 'array', items: { allOf: [{ type: 'string' }, { minLength: 1 }] } },
  }),
  tool('Skill', 'Runs a skill.', { skill: name, args: { description: 'Whatever the skill takes' } }, ['skill']),
  tool('ListResources', 'Lists resources of a server.', { server: text }),
  tool('ReadResource', 'Reads a resource.', { server: text, uri: address }, ['server', 'uri']),
  tool('Schedule', 'Plans a later run.', { when: { type: 'string', format: 'date-time' }, prompt: text }, ['when']),
  tool('mcp__tracker__list_issues', 'Lists issues.', { labels: { type: 'array', items: text }, limit: count }),
  tool('mcp__tracker__add_comment', 'Comments on an issue.', { issue: { type: 'integer' }, body: text }, ['issue', 'body']),
  tool('SendMessage', 'Sends a message to another agent.', { to: name, body: text }, ['to', 'body']),
  // What stands for tools that are loaded when they are asked for.
  {
    name: 'Placeholder',
    description: 'Stands for tools that are not loaded yet.',
    input_schema: { type: 'object', properties: {} },
    defer_loading: true,
  },
];

const searchable: ReadonlySet<unknown> = new Set([
  'WriteFile',
  'EditFile',
  'StopCommand',
  'SearchWeb',
  'WriteList',
  'EditNotebook',
  'EnterPlan',
  'ListResources',
  'ReadResource',
  'Schedule',
  'mcp__tracker__list_issues',
  'mcp__tracker__add_comment',
  'SendMessage',
]);

/** The dozen that it sends as a rule, with all of the keywords: the others are found by its tool search. */
export const firstTools: readonly JsonObject[] = agentTools.filter((each) => !searchable.has(each['name']));
