import { mistralList, mistralNamed } from './mistral.ts';
import { thinkingIn } from './thinking.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];
const rome = ['call: get_weather', 'arguments: {"city":"Rome"}', 'call-end'];
const item = (city: string): string => `{"name": "get_weather", "arguments": {"city": "${city}"}}`;

const lists: readonly Transcript[] = [
  ['text only', 'Hello [1, 2] ', ['text: Hello [1, 2] ']],
  ['one call', `[TOOL_CALLS][${item('Paris')}]`, paris],
  ['two calls after text', `So.\n[TOOL_CALLS] [${item('Paris')}, ${item('Rome')}]`, ['text: So.', ...paris, ...rome]],
  [
    'calls with ids',
    '[TOOL_CALLS][{"name": "get_time", "arguments": {}, "id": "a1b2c3d4e"}]',
    ['call: get_time', 'arguments: {}', 'call-end'],
  ],
  ['a call without arguments', '[TOOL_CALLS][{"name": "get_time"}]', ['call: get_time', 'arguments: {}', 'call-end']],
  ['a call without a list', `[TOOL_CALLS]${item('Paris')}`, paris],
  ['text after the list', `[TOOL_CALLS][${item('Paris')}]\nThere.`, [...paris, 'text: There.']],
  [
    'unicode, brackets and marks inside strings',
    `[TOOL_CALLS][${item('Zürich ]}[TOOL_CALLS]👋')}]`,
    ['call: get_weather', 'arguments: {"city":"Zürich ]}[TOOL_CALLS]👋"}', 'call-end'],
  ],
  [
    'a call of a tool that was not offered',
    '[TOOL_CALLS][{"name": "rm", "arguments": {}}]',
    ['text: [TOOL_CALLS][{"name": "rm", "arguments": {}}]'],
  ],
  ['what only looks like calls', '[TOOL_CALLS] none', ['text: [TOOL_CALLS] none']],
  ['plain characters of the mark', `[·TOOL_CALLS][${item('Paris')}]`, [`text: [TOOL_CALLS][${item('Paris')}]`]],
  ['a list cut before the second name', `[TOOL_CALLS][${item('Paris')}, {"na`, paris, { isCut: true }],
  [
    'a list cut in the second call',
    `[TOOL_CALLS][${item('Paris')}, {"name": "get_time", "arguments": {"a`,
    [...paris, 'call: get_time', 'arguments: {"a'],
    { isCut: true },
  ],
  ['a list left open by the model', `[TOOL_CALLS][${item('Paris')}`, paris],
  [
    'a held list',
    `[TOOL_CALLS][${item('Paris')}, ${item('Rome')}]`,
    ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end', 'call: get_weather', 'arguments: {"city": "Rome"}', 'call-end'],
    { isHeld: true },
  ],
  [
    'a forced list, from its first name',
    `get_time", "arguments": {}}]`,
    ['call: get_time', 'arguments: {}', 'call-end'],
    { start: 'call-name' },
  ],
  [
    'a forced list, from its first arguments',
    '{"a": "}"}}, {"name": "get_time", "arguments": {}}]',
    ['arguments: {"a": "}"}', 'call-end', 'call: get_time', 'arguments: {}', 'call-end'],
    { start: 'call-arguments' },
  ],
];

testTranscripts(mistralList, lists);

const named = { ...mistralNamed, thinking: thinkingIn('[/THINK]')! };
const call = (city: string): string => `[TOOL_CALLS]get_weather[ARGS]{"city": "${city}"}`;

const calls: readonly Transcript[] = [
  ['text only', 'Hello [ARGS] ', ['text: Hello [ARGS] '], { tools: [] }],
  ['thinking, then text', '[THINK]Hm.[/THINK]Hello', ['thinking: Hm.', 'thinking-end', 'text: Hello']],
  ['thinking, then a call', `[THINK]Hm.[/THINK]${call('Paris')}`, ['thinking: Hm.', 'thinking-end', ...paris]],
  ['one call', call('Paris'), paris],
  ['two calls after text', `So.${call('Paris')}${call('Rome')}`, ['text: So.', ...paris, ...rome]],
  ['a call with an id', '[TOOL_CALLS]get_time[CALL_ID]a1b2c3d4e[ARGS]{}', ['call: get_time', 'arguments: {}', 'call-end']],
  ['a call without arguments', '[TOOL_CALLS]get_time[ARGS]', ['call: get_time', 'arguments: {}', 'call-end']],
  [
    'a call without arguments before another',
    `[TOOL_CALLS]get_time[ARGS]${call('Rome')}`,
    ['call: get_time', 'arguments: {}', 'call-end', ...rome],
  ],
  ['text after a call', `${call('Paris')}\nThere.`, [...paris, 'text: There.']],
  [
    'unicode and marks inside strings',
    call('Zürich [ARGS]}[TOOL_CALLS]👋'),
    ['call: get_weather', 'arguments: {"city":"Zürich [ARGS]}[TOOL_CALLS]👋"}', 'call-end'],
  ],
  ['a call of a tool that was not offered', '[TOOL_CALLS]rm[ARGS]{} ok', ['text: [TOOL_CALLS]rm[ARGS]{} ok']],
  ['what only looks like a call', `[TOOL_CALLS] ${'none '.repeat(60)}`, [`text: [TOOL_CALLS] ${'none '.repeat(60)}`]],
  ['a call with a list of arguments', '[TOOL_CALLS]get_time[ARGS][1]', ['text: [TOOL_CALLS]get_time[ARGS][1]'], { isDecidedLate: true }],
  ['a call cut in its name', '[TOOL_CALLS]get_w', [], { isCut: true }],
  ['a call cut before its arguments', '[TOOL_CALLS]get_time[ARGS]', ['call: get_time'], { isCut: true }],
  [
    'a call cut in its arguments',
    '[TOOL_CALLS]get_weather[ARGS]{"city": "P',
    ['call: get_weather', 'arguments: {"city": "P'],
    { isCut: true },
  ],
  ['a held call', call('Paris'), ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end'], { isHeld: true }],
  [
    'two held calls',
    call('Paris') + call('Paris'),
    [0, 1].flatMap(() => ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end']),
    { isHeld: true },
  ],
  ['a forced call, from its arguments', '{}', ['arguments: {}', 'call-end'], { start: 'call-arguments' }],
];

testTranscripts(named, calls);
