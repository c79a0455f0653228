import { hermes } from './hermes.ts';
import { thinkingIn } from './thinking.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const family = { ...hermes, thinking: thinkingIn('</think>')! };
const call = (city: string): string => `<tool_call>\n{"name": "get_weather", "arguments": {"city": "${city}"}}\n</tool_call>`;
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];
const rome = ['call: get_weather', 'arguments: {"city":"Rome"}', 'call-end'];

const transcripts: readonly Transcript[] = [
  ['text only', 'Hello, world! ', ['text: Hello, world! ']],
  ['nothing', '', []],
  ['unicode', 'Grüße 👋🏽 e\u0301 日本', ['text: Grüße 👋🏽 e\u0301 日本']],
  ['thinking, then text', '<think>\nLet me see.\n</think>\n\nHello', ['thinking: Let me see.', 'thinking-end', 'text: Hello']],
  [
    'thinking that the prompt opened',
    'Let\nme.\n</think>\n\nHi\n',
    ['thinking: Let\nme.', 'thinking-end', 'text: Hi\n'],
    { start: 'thinking' },
  ],
  ['thinking that is cut', 'Let me', ['thinking: Let me', 'thinking-end'], { start: 'thinking', isCut: true }],
  ['one call', call('Paris'), paris],
  ['two calls after text', `One moment.\n${call('Paris')}\n${call('Rome')}\n`, ['text: One moment.', ...paris, ...rome]],
  ['a call in the middle of thinking', `Hm.\n${call('Paris')}`, ['thinking: Hm.', 'thinking-end', ...paris], { start: 'thinking' }],
  ['text after a call', `${call('Paris')}\nThere.`, [...paris, 'text: There.']],
  ['a call without its closing mark', '<tool_call>{"name": "get_time", "arguments": {}}', ['call: get_time', 'arguments: {}', 'call-end']],
  ['a call without arguments', '<tool_call>\n{"name": "get_time"}\n</tool_call>', ['call: get_time', 'arguments: {}', 'call-end']],
  [
    'a call with its arguments first',
    '<tool_call>{"arguments": {"a": [1]}, "name": "get_time"}</tool_call>',
    ['call: get_time', 'arguments: {"a":[1]}', 'call-end'],
  ],
  ['unicode in a call', call('Zürich 👋 é'), ['call: get_weather', 'arguments: {"city":"Zürich 👋 é"}', 'call-end']],
  [
    'marks inside the strings of a call',
    call('</tool_call><think>\\"}'),
    ['call: get_weather', 'arguments: {"city":"</tool_call><think>\\"}"}', 'call-end'],
  ],
  [
    'a call of a tool that was not offered',
    'So: <tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call> Well.',
    ['text: So: <tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call> Well.'],
  ],
  [
    'a call after a mark that was only mentioned',
    `I would use <tool_call> to do it.\n${call('Paris')}`,
    ['text: I would use <tool_call> to do it.', ...paris],
  ],
  ...['1234567890123456789', '1e999', '1.0', '{"2":0,"1":0}', '"\\u00e9 \\" {"', '[]'].map((value): Transcript => {
    const written = `<tool_call>{"x": {}, "name": "get_time", "\\u0061rguments": {"a" : ${value}}, "id": ":"}</tool_call>`;
    return [`arguments as they were written: ${value}`, written, ['call: get_time', `arguments: {"a":${value}}`, 'call-end']];
  }),
  ['what only looks like a call', '<tool_call>oops</tool_call> well', ['text: <tool_call>oops</tool_call> well']],
  [
    'a call that ends in the middle',
    '<tool_call>{"name": "get_time"</tool_call> x',
    ['text: <tool_call>{"name": "get_time"</tool_call> x'],
  ],
  ['what only looks like a mark', 'a <tool_cal or <thin', ['text: a <tool_cal or <thin']],
  [
    'plain characters of a mark',
    'a <·tool_call>{"name": "get_time"}<·/tool_call>',
    ['text: a <tool_call>{"name": "get_time"}</tool_call>'],
  ],
  ['a call cut in its name', '<tool_call>\n{"name": "get_w', [], { isCut: true }],
  ['a call cut before its arguments', '<tool_call>\n{"name": "get_time", "arguments": ', ['call: get_time'], { isCut: true }],
  [
    'a call cut in its arguments',
    '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Par',
    ['call: get_weather', 'arguments: {"city": "Par'],
    { isCut: true },
  ],
  [
    'a call that the model itself left open',
    '<tool_call>\n{"name": "get_weather", "arg',
    ['text: <tool_call>\n{"name": "get_weather", "arg'],
  ],
  // What follows the arguments of a held call is written by the server.
  [
    'a held call',
    call('}\\"{').slice(0, -'}\n</tool_call>'.length),
    ['call: get_weather', 'arguments: {"city": "}\\"{"}', 'call-end'],
    { isHeld: true },
  ],
  ['a forced call, from its name', 'get_time", "arguments": {}', ['call: get_time', 'arguments: {}', 'call-end'], { start: 'call-name' }],
  ['a forced call, from its arguments', '{"city": "Paris"}', ['arguments: {"city": "Paris"}', 'call-end'], { start: 'call-arguments' }],
  ['a forced call that is cut', '{"city": "Par', ['arguments: {"city": "Par'], { start: 'call-arguments', isCut: true }],
  [
    'marks of calls where there are no tools',
    'a <tool_call>{"name": "get_time"}</tool_call>',
    ['text: a <tool_call>{"name": "get_time"}</tool_call>'],
    { tools: [] },
  ],
];

testTranscripts(family, transcripts);
