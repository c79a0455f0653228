import { kimi } from './kimi.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const call = (city: string, count = 0): string =>
  `<|tool_call_begin|>functions.get_weather:${count}<|tool_call_argument_begin|>{"city": "${city}"}<|tool_call_end|>`;
const all = (...calls: readonly string[]): string => `<|tool_calls_section_begin|>${calls.join('')}<|tool_calls_section_end|>`;
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];
const rome = ['call: get_weather', 'arguments: {"city":"Rome"}', 'call-end'];

const transcripts: readonly Transcript[] = [
  ['text only', 'Hello functions.get_time:0 ', ['text: Hello functions.get_time:0 ']],
  ['text, then two calls', `Now.${all(call('Paris'), call('Rome', 12))}`, ['text: Now.', ...paris, ...rome]],
  ['a name without its number', all(call('Paris').replace(':0', '')), paris],
  [
    'marks inside strings',
    all(call('<|tool_call_end|> }')),
    ['call: get_weather', 'arguments: {"city":"<|tool_call_end|> }"}', 'call-end'],
  ],
  [
    'a call of a tool that was not offered',
    '<|tool_call_begin|>functions.rm:0<|tool_call_argument_begin|>{}<|tool_call_end|>',
    ['text: <|tool_call_begin|>functions.rm:0<|tool_call_argument_begin|>{}<|tool_call_end|>'],
  ],
  [
    'a held call with a number of its own',
    call('Paris', 3).slice(0, -'<|tool_call_end|>'.length),
    ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end'],
    { isHeld: true },
  ],
  [
    'a forced call, from its name',
    'get_weather:0<|tool_call_argument_begin|>{"city": "Paris"}',
    ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end'],
    { start: 'call-name' },
  ],
];

testTranscripts(kimi, transcripts);
