import { harmony } from './harmony.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const analysis = '<|channel|>analysis<|message|>Hm.<|end|>';
const final = (text: string): string => `<|channel|>final<|message|>${text}`;
const call = (city: string): string =>
  `<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "${city}"}<|call|>`;
const thought = ['thinking: Hm.', 'thinking-end'];
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];

const transcripts: readonly Transcript[] = [
  ['text only', final('Hello, world! '), ['text: Hello, world! ']],
  ['nothing', '', []],
  ['text that it ends itself', `${final('Hello')}<|return|>`, ['text: Hello']],
  ['text in a message that the server began', 'Hello.<|end|>', ['text: Hello.'], { start: 'text' }],
  ['thinking, then text', `${analysis}<|start|>assistant${final('Hello')}`, [...thought, 'text: Hello']],
  ['thinking that the prompt opened', `Hm.<|end|><|start|>assistant${final('Hello')}`, [...thought, 'text: Hello'], { start: 'thinking' }],
  ['one call', call('Paris'), paris],
  ['thinking, then a call', `${analysis}<|start|>assistant${call('Paris')}`, [...thought, ...paris]],
  [
    'text for the user before a call',
    `<|channel|>commentary<|message|>Let me see.<|end|><|start|>assistant${call('Paris')}`,
    ['text: Let me see.', ...paris],
  ],
  [
    'a call whose recipient stands behind the role',
    '<|start|>assistant to=functions.get_weather<|channel|>commentary json<|message|>{"city": "Paris"}<|call|>',
    paris,
  ],
  [
    'a call whose recipient comes first',
    ' to=functions.get_time<|channel|>analysis<|message|>{}<|call|>',
    ['call: get_time', 'arguments: {}', 'call-end'],
  ],
  [
    'a call without arguments',
    '<|channel|>commentary to=functions.get_time<|message|><|call|>',
    ['call: get_time', 'arguments: {}', 'call-end'],
  ],
  ['two messages of text', `<|channel|>commentary<|message|>Plan.<|end|><|start|>assistant${final('Done.')}`, ['text: Plan.\n\nDone.']],
  [
    'unicode and marks inside strings',
    call('Zürich <|call|>}{ 👋'),
    ['call: get_weather', 'arguments: {"city":"Zürich <|call|>}{ 👋"}', 'call-end'],
  ],
  ['a call of a tool that was not offered', '<|channel|>commentary to=functions.rm<|message|>{"a": 1}<|call|>', ['text: {"a": 1}']],
  ['a call of a built-in tool', '<|channel|>analysis to=python<|message|>1 + 1<|call|>', ['thinking: 1 + 1', 'thinking-end']],
  ['a channel that nobody knows', '<|channel|>other<|message|>Hello<|end|>', ['text: Hello']],
  ['plain characters of marks', final('a <·|end|> to=functions.x'), ['text: a <|end|> to=functions.x']],
  ['a head in plain characters, as under a grammar', '<·|channel|>final<·|message|>{"a": 1}', ['text: {"a": 1}']],
  ['an answer without a head', 'Hello there, no head ', ['text: Hello there, no head ']],
  ['an answer without a head, with an end', 'Hello there.<|end|>', ['text: Hello there.']],
  ['an answer without a head after thinking', `${analysis}I answer.`, [...thought, 'text: I answer.']],
  ['an answer without a head after text', `${final('Plan.')}<|end|>Done.`, ['text: Plan.\n\nDone.']],
  ['a head that the model left open', '<|channel|>final Hello', ['text: <|channel|>final Hello']],
  ['a long head', ` ${'x'.repeat(255)}<|message|>Hello`, ['text: Hello']],
  ['a head that does not end', 'words '.repeat(60), [`text: ${'words '.repeat(60)}`]],
  ['a head that ends too late', `${'x'.repeat(257)}<·|message|>Hello`, [`text: ${'x'.repeat(257)}<|message|>Hello`]],
  ['white space only', ' \n', []],
  ['a head that is cut', '<|channel|>commentary to=functions.get_w', [], { isCut: true }],
  ['thinking that is cut', '<|channel|>analysis<|message|>Hm', ['thinking: Hm', 'thinking-end'], { isCut: true }],
  [
    'a call cut before its arguments',
    '<|channel|>commentary to=functions.get_time <|constrain|>json<|message|>',
    ['call: get_time'],
    { isCut: true },
  ],
  [
    'a call cut in its arguments',
    '<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "P',
    ['call: get_weather', 'arguments: {"city": "P'],
    { isCut: true },
  ],
  ['a held call', call('Paris'), ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end'], { isHeld: true }],
  [
    'a forced call, from its name',
    'get_time <|constrain|>json<|message|>{}',
    ['call: get_time', 'arguments: {}', 'call-end'],
    { start: 'call-name' },
  ],
  ['a forced call, from its arguments', '{"city": "Paris"}', ['arguments: {"city": "Paris"}', 'call-end'], { start: 'call-arguments' }],
];

testTranscripts(harmony, transcripts);
