import { gemma } from './gemma.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const q = '<|"|>';
const call = (input: string, name = 'get_weather'): string => `<|tool_call>call:${name}{${input}}<tool_call|>`;
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];
const rome = ['call: get_weather', 'arguments: {"city":"Rome"}', 'call-end'];
const city = (name: string): string => call(`city:${q}${name}${q}`);

const transcripts: readonly Transcript[] = [
  ['text only', 'Hello {"a": 1} ', ['text: Hello {"a": 1} ']],
  ['thinking, then text', '<|channel>thought\nHm.\n<channel|>Hello', ['thinking: Hm.', 'thinking-end', 'text: Hello']],
  ['thinking of nothing', '<|channel>thought\n<channel|>Hello', ['thinking-end', 'text: Hello']],
  ['thinking without its word', '<|channel>then I see\n<channel|>', ['thinking: then I see', 'thinking-end']],
  [
    'thinking that the prompt opened',
    'thought is free<channel|>Hi',
    ['thinking: thought is free', 'thinking-end', 'text: Hi'],
    { start: 'thinking' },
  ],
  ['one call', city('Paris'), paris],
  [
    'thinking, text, then two calls',
    `<|channel>thought\nHm.\n<channel|>One moment.${city('Paris')}${city('Rome')}`,
    ['thinking: Hm.', 'thinking-end', 'text: One moment.', ...paris, ...rome],
  ],
  ['a call without arguments', call('', 'get_time'), ['call: get_time', 'arguments: {}', 'call-end']],
  [
    'values of every kind',
    call(`near:[${q}a b${q},-2.5e3,[],{}],at:{x:null,y:{z:[true,false]}},days:3,exact:true`),
    [
      'call: get_weather',
      'arguments: {"near":["a b",-2.5e3,[],{}],"at":{"x":null,"y":{"z":[true,false]}},"days":3,"exact":true}',
      'call-end',
    ],
  ],
  [
    'quotes, brackets, line breaks and marks inside a string',
    city('"a" \\ {b: [1]},\n\t<| <tool_call|> <|tool_call>'),
    ['call: get_weather', String.raw`arguments: {"city":"\"a\" \\ {b: [1]},\n\t<| <tool_call|> <|tool_call>"}`, 'call-end'],
  ],
  ['quotes at both ends', city('"a"'), ['call: get_weather', String.raw`arguments: {"city":"\"a\""}`, 'call-end']],
  ['unicode', city('Zürich 👋 é'), ['call: get_weather', 'arguments: {"city":"Zürich 👋 é"}', 'call-end']],
  ['spaces and names as strings', `<|tool_call> call: get_weather { ${q}city${q} : ${q}Paris${q} } <tool_call|>`, paris],
  [
    'words without quotes, and of Python',
    call('city:Paris,exact:True,at:'),
    ['call: get_weather', 'arguments: {"city":"Paris","exact":true,"at":null}', 'call-end'],
  ],
  ['a call without its closing mark', `<|tool_call>call:get_weather{city:${q}Paris${q}}`, paris],
  ['a call of a tool that was not offered', call('', 'rm'), [`text: ${call('', 'rm')}`]],
  [
    'arguments that are none',
    '<|tool_call>call:get_time{a]}<tool_call|>',
    ['text: <|tool_call>call:get_time{a]}<tool_call|>'],
    { isDecidedLate: true },
  ],
  ['plain characters of a mark', '<·|tool_call>call:get_time{}', ['text: <|tool_call>call:get_time{}']],
  ['a call cut in its name', '<|tool_call>call:get_w', [], { isCut: true }],
  [
    'a call cut in a string',
    `<|tool_call>call:get_weather{days:2,city:${q}Par`,
    ['call: get_weather', 'arguments: {"days":2,"city":"Par'],
    { isCut: true },
  ],
  [
    'a held call',
    `<|tool_call>call:get_weather{days:2,city:${q}Paris${q}}`,
    ['call: get_weather', 'arguments: {"days":2,"city":"Paris"}', 'call-end'],
    { isHeld: true },
  ],
  ['a forced call, from its name', `get_weather{city:${q}Paris${q}}`, paris, { start: 'call-name' }],
  ['a forced call, from its arguments', `{city:${q}Paris${q}}`, ['arguments: {"city":"Paris"}', 'call-end'], { start: 'call-arguments' }],
];

testTranscripts(gemma, transcripts);
