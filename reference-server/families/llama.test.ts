import { llama } from './llama.ts';
import { thinkingIn } from './thinking.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const family = { ...llama, thinking: thinkingIn('</think>')! };
const call = (city: string): string => `{"name": "get_weather", "parameters": {"city": "${city}"}}`;
const space = (count: number): string => ' '.repeat(count);
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];

const transcripts: readonly Transcript[] = [
  ['text only', 'Hello {world}: {"name"} ', ['text: Hello {world}: {"name"} ']],
  ['one call', call('Paris'), paris],
  ['a call after its mark', `<|python_tag|>${call('Paris')}`, paris],
  [
    'a call with white space and a type',
    '\n{ "type": "function", "name": "get_time",\n "parameters": { } }\n',
    ['call: get_time', 'arguments: {}', 'call-end'],
  ],
  ['a call after thinking', `<think>Hm.</think>\n\n${call('Paris')}`, ['thinking: Hm.', 'thinking-end', ...paris]],
  ['a call after text, on a line of its own', `Let me see.\n\n${call('Paris')}`, [`text: Let me see.\n\n${call('Paris')}`]],
  [
    'an example of a call',
    `Here is an example:\n\`\`\`json\n${call('Paris')}\n\`\`\`\nShall I?`,
    [`text: Here is an example:\n\`\`\`json\n${call('Paris')}\n\`\`\`\nShall I?`],
  ],
  ['an example that begins the reply', `\`\`\`json\n${call('Paris')}\n\`\`\``, [`text: \`\`\`json\n${call('Paris')}\n\`\`\``]],
  ['a call after another', `${call('Paris')}\n${call('Rome')}`, [...paris, `text: ${call('Rome')}`]],
  ['a call after one of no tool', `{"name": "rm"}\n${call('Rome')}`, [`text: {"name": "rm"}\n${call('Rome')}`]],
  ['much white space within a call', `{${space(64)}"name": "get_time"}`, ['call: get_time', 'arguments: {}', 'call-end']],
  ['too much of it', `{${space(65)}"name": "get_time"}`, [`text: {${space(65)}"name": "get_time"}`]],
  ['a call within a line', `Try ${call('Paris')} now`, [`text: Try ${call('Paris')} now`]],
  ['a call without arguments', '{"name": "get_time"}', ['text: {"name": "get_time"}'], { tools: [] }],
  ['a call with none in it', '{"name": "get_time", "parameters": {}}', ['call: get_time', 'arguments: {}', 'call-end']],
  ['unicode and braces in strings', call('Zürich 👋 }{ é'), ['call: get_weather', 'arguments: {"city":"Zürich 👋 }{ é"}', 'call-end']],
  ['marks inside strings', call('<|python_tag|>'), ['call: get_weather', 'arguments: {"city":"<|python_tag|>"}', 'call-end']],
  ['a call of a tool that was not offered', '{"name": "rm", "parameters": {}} ok', ['text: {"name": "rm", "parameters": {}} ok']],
  ['JSON that is no call', '{"names": [1, 2]}\n{"name": 5}', ['text: {"names": [1, 2]}\n{"name": 5}']],
  ['code', 'int main()\n{\n  return 0;\n}\n', ['text: int main()\n{\n  return 0;\n}\n']],
  ['a call of a built-in tool', '<|python_tag|>brave_search.call(query="x")', ['text: <|python_tag|>brave_search.call(query="x")']],
  ['plain characters of the mark', '<·|python_tag|> x', ['text: <|python_tag|> x']],
  ['a line that is cut before it is a call', '{"na', ['text: {"na'], { isCut: true }],
  ['a call cut in its name', '{"name": "get_w', [], { isCut: true }],
  ['JSON that is cut in a name that no tool has', '{"name": "Ali', ['text: {"name": "Ali'], { isCut: true }],
  [
    'a call cut in its arguments',
    '{"name": "get_weather", "parameters": {"city": "P',
    ['call: get_weather', 'arguments: {"city": "P'],
    { isCut: true },
  ],
  ['a held call', '<|python_tag|>{"name": "get_time", "parameters": {}', ['call: get_time', 'arguments: {}', 'call-end'], { isHeld: true }],
  ['a forced call, from its name', 'get_time", "parameters": {}', ['call: get_time', 'arguments: {}', 'call-end'], { start: 'call-name' }],
];

testTranscripts(family, transcripts);
