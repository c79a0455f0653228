/** Tools, choices of tools, calls and results with a mistake, taken. */
import type { KnownFault } from '../fault.ts';
import { all, at, has, messages, not } from '../touching.ts';
import { absent, holds, is, isLong, taken } from './errors-taken.ts';

const call = (letter: string): string => `toolu_01Conformance${letter}`;
const use = { type: 'tool_use', id: call('A'), name: 'set_lamp', input: { state: 'on' } };
const result = (letter: string): unknown => ({ type: 'tool_result', tool_use_id: call(letter), content: 'Done.' });
const fruit = { name: 'pick_fruit', input_schema: { type: 'object' } };
const lamp = { name: 'set_lamp', input_schema: { type: 'object' } };
const said = (text: string): unknown => ({ type: 'text', text });

const name = '/tools/0/name';

const definitions = taken(messages, [
  { row: 'tools-object', takes: 'an object for the list of tools', pointer: '/tools', wrong: holds('set_lamp'), right: [lamp, fruit] },
  {
    row: 'tool-name-missing',
    takes: 'a tool without a name',
    pointer: name,
    wrong: absent,
    right: 'set_lamp',
    of: all(has('/tools/0/input_schema'), has('/tools/1')),
  },
  {
    row: 'tool-schema-missing',
    takes: 'a tool without a schema',
    pointer: '/tools/0/input_schema',
    wrong: absent,
    right: { type: 'object' },
    of: all(has('/tools/0/description'), not(has('/tools/0/type'))),
  },
  {
    row: 'tool-schema-not-object',
    takes: 'a schema of a tool that is no object',
    pointer: '/tools/0/input_schema/type',
    wrong: is('string'),
    right: 'object',
  },
  {
    row: 'tool-schema-type-missing',
    takes: 'a schema of a tool without a type',
    pointer: '/tools/0/input_schema/type',
    wrong: absent,
    right: 'object',
    of: has('/tools/0/input_schema/properties/state'),
  },
  { row: 'tool-name-twice', takes: 'two tools of one name', pointer: '/tools/1/name', wrong: is('set_lamp'), right: 'pick_fruit' },
  { row: 'tool-name-space', takes: 'a tool name with a blank', pointer: name, wrong: is('set lamp'), right: 'set_lamp' },
  { row: 'tool-name-dot', takes: 'a tool name with a dot', pointer: name, wrong: is('lamp.set'), right: 'set_lamp' },
  { row: 'tool-name-slash', takes: 'a tool name with a slash', pointer: name, wrong: is('lamp/set'), right: 'set_lamp' },
  { row: 'tool-name-unicode', takes: 'a tool name with an accent', pointer: name, wrong: is('lámpara'), right: 'set_lamp' },
  { row: 'tool-name-empty', takes: 'an empty tool name', pointer: name, wrong: is(''), right: 'set_lamp' },
  { row: 'tool-name-long', takes: 'a tool name of any length', pointer: name, wrong: isLong(129), right: 'set_lamp' },
  { row: 'tool-name-number', takes: 'a tool name that is a number', pointer: name, wrong: is(7), right: 'set_lamp' },
  { row: 'tool-type-unknown', takes: 'a tool of an unknown type', pointer: '/tools/0/type', wrong: is('no_such_tool') },
  { row: 'tool-foreign', takes: "a tool in OpenAI's form", pointer: '/tools/0', wrong: holds('function'), right: lamp },
  { row: 'tool-key-unknown', takes: 'an unknown field in a tool', pointer: '/tools/0/parameters', wrong: holds('type') },
  { row: 'bash-name-other', takes: 'the bash tool under another name', pointer: name, wrong: is('shell'), right: 'bash' },
  { row: 'toolset-name', takes: 'a toolset with a name', pointer: name, wrong: is('browser') },
  {
    row: 'toolset-strict',
    takes: 'a strict toolset',
    pointer: '/tools/0/strict',
    wrong: is(true),
    of: at('/tools/0/type', is('browser_toolset_20260801')),
  },
  {
    row: 'toolset-examples',
    takes: 'a toolset with examples',
    pointer: '/tools/0/input_examples',
    wrong: is([{}]),
    of: at('/tools/0/type', is('browser_toolset_20260801')),
  },
  {
    row: 'toolset-deferred',
    takes: 'a deferred toolset',
    pointer: '/tools/0/defer_loading',
    wrong: is(true),
    of: at('/tools/0/type', is('browser_toolset_20260801')),
  },
  { row: 'toolset-twice', takes: 'a toolset twice', pointer: '/tools/1/type', wrong: is('browser_toolset_20260801'), rightAt: '/tools/1' },
  {
    row: 'strict-tools-many',
    takes: 'any number of strict tools',
    pointer: '/tools',
    wrong: isLong(21),
    of: at(name, is('set_lamp_0')),
    right: [lamp],
  },
  {
    row: 'strict-optional-many',
    takes: 'a strict tool with any number of optional parameters',
    pointer: '/tools/0/input_schema/properties/part_0/type',
    wrong: is('string'),
    rightAt: '/tools/0/strict',
  },
  {
    row: 'strict-unions-many',
    takes: 'a strict tool with any number of unions',
    pointer: '/tools/0/input_schema/properties/part_0/type',
    wrong: is(['string', 'null']),
    rightAt: '/tools/0/strict',
  },
]);

const choice = '/tool_choice';
const type = `${choice}/type`;

const choices = taken(messages, [
  { row: 'tool-choice-type-unknown', takes: "a choice of tools in OpenAI's words", pointer: type, wrong: is('required'), right: 'auto' },
  {
    row: 'tool-choice-name-missing',
    takes: 'a choice of a tool that it does not name',
    pointer: type,
    wrong: is('tool'),
    right: 'auto',
    of: at(`${choice}/name`, absent),
  },
  { row: 'tool-choice-string', takes: 'a string for the choice of tools', pointer: choice, wrong: is('auto') },
  {
    row: 'tool-choice-tool-unknown',
    takes: 'the choice of a tool that is not there',
    pointer: `${choice}/name`,
    wrong: is('no_such_tool'),
    rightAt: choice,
  },
  {
    row: 'tool-choice-none-with-parallel',
    takes: 'a limit on calls together with the choice of none',
    pointer: choice,
    wrong: is({ type: 'none', disable_parallel_tool_use: true }),
  },
  { row: 'tool-choice-key-unknown', takes: 'an unknown field in the choice of tools', pointer: `${choice}/function`, wrong: holds('name') },
  {
    row: 'tool-choice-without-tools',
    takes: 'a choice of tools where there are none',
    pointer: choice,
    wrong: is({ type: 'any' }),
    of: not(has('/tools')),
  },
  {
    row: 'toolset-chosen',
    takes: 'the choice of a toolset',
    pointer: `${choice}/name`,
    wrong: is('browser_toolset_20260801'),
    rightAt: choice,
  },
]);

const first = '/messages/1/content/0';
const results = '/messages/2/content';
const only = (pointer: string) => at(pointer, (content) => Array.isArray(content) && content.length === 1);

const history = taken(messages, [
  {
    row: 'tool-result-orphan',
    takes: 'a result without its call',
    pointer: first,
    wrong: is(said('I will.')),
    right: use,
    of: all(only('/messages/1/content'), has('/messages/2/content/0/tool_use_id')),
  },
  { row: 'tool-result-missing', takes: 'a call without its result', pointer: results, wrong: is([said('Thanks.')]), right: [result('A')] },
  {
    row: 'tool-use-input-string',
    imitates: ['vllm#48922'],
    takes: 'the input of a call as a string of JSON',
    pointer: `${first}/input`,
    wrong: (value) => typeof value === 'string',
    right: {},
  },
  {
    row: 'tool-result-partial',
    takes: 'two calls and the result of one',
    pointer: `${results}/1`,
    wrong: is(said('The pear is gone.')),
    right: result('B'),
  },
  { row: 'tool-result-after-text', takes: 'results after a text', pointer: `${results}/0`, wrong: is(said('Here you are.')) },
  {
    row: 'tool-result-extra',
    takes: 'one result more than there were calls',
    pointer: `${results}/2/tool_use_id`,
    wrong: is(call('C')),
    rightAt: `${results}/2`,
  },
  {
    row: 'tool-result-id-missing',
    takes: 'a result that does not say of which call',
    pointer: `${results}/0`,
    wrong: is({ type: 'tool_result', content: 'Done.' }),
    right: result('A'),
  },
  { row: 'tool-use-id-twice', takes: 'two calls of one id', pointer: '/messages/1/content/2/id', wrong: is(call('A')), right: call('B') },
  {
    row: 'tool-use-id-pattern',
    takes: 'the id of a call with blanks and colons',
    pointer: '/messages/1/content/1/id',
    wrong: is('call 1:a'),
    right: call('A'),
  },
  { row: 'tool-use-id-empty', takes: 'an empty id of a call', pointer: '/messages/1/content/1/id', wrong: is(''), right: call('A') },
  {
    row: 'tool-use-input-array',
    takes: 'a list for the input of a call',
    pointer: '/messages/1/content/1/input',
    wrong: is(['on']),
    right: {},
  },
  {
    row: 'tool-use-in-user',
    takes: 'a call in a message of the user',
    pointer: '/messages/0/content/0/type',
    wrong: is('tool_use'),
    rightAt: '/messages/0/content',
    right: 'Go on.',
  },
  {
    row: 'tool-result-in-assistant',
    takes: 'a result in a message of the assistant',
    pointer: `${first}/type`,
    wrong: is('tool_result'),
    rightAt: first,
  },
]);

export const takenTools: readonly KnownFault[] = [...definitions, ...choices, ...history];
