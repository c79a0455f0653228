import { deepseek, deepseekFenced } from './deepseek.ts';
import { thinkingIn } from './thinking.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const thinking = thinkingIn('</think>')!;
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];
const rome = ['call: get_weather', 'arguments: {"city":"Rome"}', 'call-end'];

/** What both forms have in common: how a call looks is all that differs. */
function transcripts(call: (name: string, input: string) => string): readonly Transcript[] {
  const city = (name: string): string => call('get_weather', `{"city": "${name}"}`);
  const all = (...calls: readonly string[]): string => `<｜tool▁calls▁begin｜>${calls.join('\n')}<｜tool▁calls▁end｜>`;
  return [
    ['text only', 'Hello ｜ 你好 ', ['text: Hello ｜ 你好 ']],
    [
      'thinking that the prompt opened, then text',
      'Hm.\n</think>\n\nHello',
      ['thinking: Hm.', 'thinking-end', 'text: Hello'],
      { start: 'thinking' },
    ],
    [
      'thinking, then two calls',
      `<think>\nHm.</think>${all(city('Paris'), city('Rome'))}`,
      ['thinking: Hm.', 'thinking-end', ...paris, ...rome],
    ],
    ['one call', all(city('Paris')), paris],
    ['a call without the marks around all', city('Paris'), paris],
    ['a call after text', `One moment. ${all(city('Paris'))}`, ['text: One moment.', ...paris]],
    ['a call with nothing in it', all(call('get_time', '{}')), ['call: get_time', 'arguments: {}', 'call-end']],
    ['a call without arguments', all(call('get_time', '')), ['call: get_time', 'arguments: {}', 'call-end']],
    ['text after the calls', `${all(city('Paris'))}\nThere.`, [...paris, 'text: There.']],
    [
      'unicode and marks inside strings',
      all(city('北京 }``` <｜tool▁call▁end｜>👋')),
      ['call: get_weather', 'arguments: {"city":"北京 }``` <｜tool▁call▁end｜>👋"}', 'call-end'],
    ],
    ['plain characters of a mark', '<·｜tool▁call▁begin｜>x', ['text: <｜tool▁call▁begin｜>x']],
    ['a call cut in its name', '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function', [], { isCut: true }],
    [
      'a call cut in its arguments',
      `<｜tool▁calls▁begin｜>${city('Paris').split('ris')[0]}`,
      ['call: get_weather', 'arguments: {"city": "Pa'],
      { isCut: true },
    ],
    ['a held call', city('Paris').split('}')[0] + '}', ['call: get_weather', 'arguments: {"city": "Paris"}', 'call-end'], { isHeld: true }],
    ['a forced call, from its arguments', '{"city": "Paris"}', ['arguments: {"city": "Paris"}', 'call-end'], { start: 'call-arguments' }],
  ];
}

testTranscripts(
  { ...deepseekFenced, thinking },
  transcripts((name, input) => `<｜tool▁call▁begin｜>function<｜tool▁sep｜>${name}\n\`\`\`json\n${input}\n\`\`\`<｜tool▁call▁end｜>`),
);

testTranscripts(
  { ...deepseek, thinking },
  transcripts((name, input) => `<｜tool▁call▁begin｜>${name}<｜tool▁sep｜>${input}<｜tool▁call▁end｜>`),
);
