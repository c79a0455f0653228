// The families that write arguments between tags: what a value is, its schema tells. One set of replies, in the tags of each.
import type { Family } from './family.ts';
import { glm, glmLines } from './glm.ts';
import { minimax } from './minimax.ts';
import { qwenXml } from './qwen-xml.ts';
import { thinkingIn } from './thinking.ts';
import { testTranscripts, type Transcript } from './transcript.fixture.ts';

const thinking = thinkingIn('</think>')!;
const paris = ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'];
const rome = ['call: get_weather', 'arguments: {"city":"Rome"}', 'call-end'];

/** A call as the family writes it, from its opening mark to its closing one. */
function written({ calls }: Family, name: string, input: readonly (readonly [name: string, value: string])[]): string {
  if (calls.notation?.form !== 'tagged') return '';
  const { name: around, valueEnd } = calls.notation;
  const tagged = input.map(([key, value]) => `${around[0]}${key}${around[1]}${value}${valueEnd}`).join('');
  return `${calls.prefix}${name}${calls.afterName}${tagged}${calls.suffix}`;
}

function transcripts(family: Family): readonly Transcript[] {
  const call = (...input: readonly (readonly [string, string])[]): string => written(family, 'get_weather', input);
  const weather = (input: string): readonly string[] => ['call: get_weather', `arguments: ${input}`, 'call-end'];
  const { open = '', suffix } = family.calls;
  const beforeValue = call(['city', '\uE000']).split('\uE000')[0] ?? '';
  return [
    ['text only', 'a < b <para </ ', ['text: a < b <para </ ']],
    [
      'thinking, text, then two calls',
      `<think>\nHm.\n</think>\n\nNow.\n${call(['city', 'Paris'])}\n${call(['city', 'Rome'])}`,
      ['thinking: Hm.', 'thinking-end', 'text: Now.', ...paris, ...rome],
    ],
    ['text after a call', `${call(['city', 'Paris'])}\nThere.`, [...paris, 'text: There.']],
    ['a call without arguments', written(family, 'get_time', []), ['call: get_time', 'arguments: {}', 'call-end']],
    ['a string that looks like a number', call(['city', '75001']), weather('{"city":"75001"}')],
    ['a string that looks like JSON', call(['city', '{"a": [1]}']), weather('{"city":"{\\"a\\": [1]}"}')],
    ['an empty string', call(['city', '']), weather('{"city":""}')],
    [
      'quotes, tags and line breaks in a string',
      call(['city', '\n"a" \\ <b>\n  </c>\n\tâ 👋\n']),
      weather(String.raw`{"city":"\n\"a\" \\ <b>\n  </c>\n\tâ 👋\n"}`),
    ],
    ['numbers and words', call(['days', '3'], ['exact', 'true'], ['unit', 'null']), weather('{"days":3,"exact":true,"unit":null}')],
    ['words of Python', call(['exact', 'True'], ['unit', 'None']), weather('{"exact":true,"unit":null}')],
    ['a string where it might be null', call(['unit', '12']), weather('{"unit":"12"}')],
    ['a value that is not what the schema wants', call(['days', 'a few']), weather('{"days":"a few"}')],
    ['a value that the schema does not know', call(['x', '[1, "a"]'], ['y', '[1, a]']), weather('{"x":[1,"a"],"y":"[1, a]"}')],
    [
      'lists and objects with tags in them',
      call(['near', '["</b>", {}]'], ['at', '{"a":\n{"b": "}"}}']),
      weather('{"near":["</b>", {}],"at":{"a":\n{"b": "}"}}}'),
      { isDecidedLate: true },
    ],
    ['a call of a tool that was not offered', written(family, 'rm', []), [`text: ${written(family, 'rm', [])}`]],
    ['plain characters of a mark', `<·${open.slice(1)}x`, [`text: ${open}x`]],
    ['a call cut in its name', `${family.calls.prefix}get_w`, [], { isCut: true }],
    ['a call cut in a string', `${beforeValue}Par`, ['call: get_weather', 'arguments: {"city":"Par'], { isCut: true }],
    [
      'a forced call, from its arguments',
      // What follows is written by the server.
      call(['days', '3']).slice(written(family, 'get_weather', []).length - suffix.length, -suffix.length + 2),
      ['arguments: {"days":3}', 'call-end'],
      { start: 'call-arguments' },
    ],
    [
      'a held call',
      call(['days', '3'], ['city', 'Paris']).slice(0, -suffix.length + 2),
      ['call: get_weather', 'arguments: {"days":3,"city":"Paris"}', 'call-end'],
      { isHeld: true },
    ],
  ];
}

for (const family of [qwenXml, glm, glmLines, minimax]) testTranscripts({ ...family, thinking }, transcripts(family));

testTranscripts({ ...qwenXml, name: 'qwen-xml on one line' }, [
  [
    'tags without line breaks',
    '<tool_call><function=get_weather><parameter=city>Paris</parameter><parameter=days> 3 </parameter></function></tool_call>',
    ['call: get_weather', 'arguments: {"city":"Paris","days":3}', 'call-end'],
  ],
]);

testTranscripts({ ...minimax, name: 'minimax with two calls in one element' }, [
  [
    'two calls',
    '<minimax:tool_call>\n<invoke name="get_weather">\n<parameter name="city">Paris</parameter>\n</invoke>\n<invoke name="get_weather">\n<parameter name="city">Rome</parameter>\n</invoke>\n</minimax:tool_call>\nThere.',
    [...paris, ...rome, 'text: There.'],
  ],
]);
