// What the families whose calls are no JSON, or that count them, show of earlier calls: [content] is what clients wrote, the rest is markup.
import { assert, dictionary, constantFrom, oneof, property, string, type Arbitrary, integer, boolean, array, double } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../../spec/json.ts';
import { compileChatTemplate } from '../prompt/chat-template.ts';
import type { AssistantTurn, Turn } from '../prompt/conversation.ts';
import { shapeHistory } from '../prompt/history.ts';
import { templateTraits } from '../prompt/template-traits.ts';
import { toolInstructions } from '../prompt/tool-instructions.ts';
import { marksOf, MarkScanner } from '../output/marks.ts';
import { ReplyParser } from '../output/reply-parser.ts';
import { chooseFamily } from './choose-family.ts';
import { type TemplateName, templates } from './templates.fixture.ts';

type Input = Readonly<Record<string, unknown>>;

const names = ['gemma4', 'qwenXml', 'glm', 'glmLines', 'minimax', 'kimi'] as const satisfies readonly TemplateName[];
const definition = (name: string, parameters: Input = {}) => ({ type: 'function', function: { name, parameters } }) as const;

/** The prompt of a question, of a turn with these calls of `weather`, and of their results. */
function rendered(name: TemplateName, inputs: readonly Input[], brackets = ['[', ']']): string {
  const template = compileChatTemplate(templates[name], { bos: '<s>', eos: '</s>' });
  const family = chooseFamily(template.source);
  const traits = templateTraits(template, family);
  const calls = inputs.map(
    (input, at) => ({ id: `call_000${at}`, type: 'function', function: { name: 'weather', arguments: input } }) as const,
  );
  const answer: AssistantTurn = { role: 'assistant', content: 'Let me see.', reasoning_content: 'Hm.', tool_calls: calls };
  const results = calls.map(({ id }): Turn => ({ role: 'tool', name: 'weather', tool_call_id: id, content: 'a result' }));
  const turns: readonly Turn[] = [{ role: 'user', content: 'Weather?' }, answer, ...results];
  const shaped = shapeHistory({ turns, endsWithPrefill: false }, [definition('weather')], family, traits);
  return template
    .render(shaped.conversation, { tools: shaped.tools, thinking: false, history: traits.history })
    .map(({ kind, text }) => (kind === 'content' ? brackets.join(text) : text))
    .join('');
}

const input = { city: 'New York', at: { x: 1.5, names: ['a b', null] }, days: null };

test.each<[TemplateName, family: string, calls: string]>([
  [
    'gemma4',
    'gemma',
    // A null would leave nothing in its place.
    '<|channel>thought\n[Hm.\nLet me see.]\n<channel|><|tool_call>call:weather{city:<|"|>[New York]<|"|>,at:{x:1.5,names:[<|"|>[a b]<|"|>]}}<tool_call|><|tool_call>call:weather{}<tool_call|>',
  ],
  [
    'qwenXml',
    'qwen-xml',
    '[Let me see.]\n<tool_call>\n<function=weather>\n<parameter=city>\n[New York]\n</parameter>\n<parameter=at>\n{"x": 1.5, "names": ["[a b]", null]}\n</parameter>\n<parameter=days>\nnull\n</parameter>\n</function>\n</tool_call>\n<tool_call>\n<function=weather>\n</function>\n</tool_call>',
  ],
  [
    'glm',
    'glm',
    '[Let me see.]\n<tool_call>weather<arg_key>city</arg_key><arg_value>[New York]</arg_value><arg_key>at</arg_key><arg_value>{"x": 1.5, "names": ["[a b]", null]}</arg_value><arg_key>days</arg_key><arg_value>null</arg_value></tool_call>\n<tool_call>weather</tool_call>',
  ],
  [
    'glmLines',
    'glm-lines',
    '[Let me see.]\n<tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>[New York]</arg_value>\n<arg_key>at</arg_key>\n<arg_value>{"x": 1.5, "names": ["[a b]", null]}</arg_value>\n<arg_key>days</arg_key>\n<arg_value>null</arg_value>\n</tool_call>\n<tool_call>weather\n</tool_call>',
  ],
  [
    'minimax',
    'minimax',
    '[Let me see.]\n<minimax:tool_call>\n<invoke name="weather">\n<parameter name="city">[New York]</parameter>\n<parameter name="at">{"x": 1.5, "names": ["[a b]", null]}</parameter>\n<parameter name="days">null</parameter>\n</invoke>\n<invoke name="weather">\n</invoke>\n</minimax:tool_call>',
  ],
  [
    'kimi',
    'kimi',
    '[Let me see.]<|tool_calls_section_begin|><|tool_call_begin|>functions.weather:0<|tool_call_argument_begin|>{"city": "[New York]", "at": {"x": 1.5, "names": ["[a b]", null]}, "days": null}<|tool_call_end|><|tool_call_begin|>functions.weather:1<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>',
  ],
])('%s: calls in the history', (name, family, calls) => {
  expect(chooseFamily(templates[name]).name).toBe(family);
  expect(rendered(name, [input, {}])).toContain(calls);
});

test.each<[TemplateName, string]>([
  ['gemma4', '<|tool_call>call:NAME{ARGUMENT:<|"|>VALUE<|"|>}<tool_call|>'],
  ['qwenXml', '<tool_call>\n<function=NAME>\n<parameter=ARGUMENT>\nVALUE\n</parameter>\n</function>\n</tool_call>'],
  ['glm', '<tool_call>NAME<arg_key>ARGUMENT</arg_key><arg_value>VALUE</arg_value></tool_call>'],
  [
    'kimi',
    '<|tool_calls_section_begin|><|tool_call_begin|>functions.NAME:0<|tool_call_argument_begin|>{"ARGUMENT": "VALUE"}<|tool_call_end|>',
  ],
])('%s: a model whose template shows no tools is told of this form', (name, form) => {
  const text = toolInstructions([definition('look')], chooseFamily(templates[name]).calls).map((segment) => segment.text);
  expect(text.join('')).toContain(`in exactly this form:\n${form}\n`);
});

/** Nothing that may end a value, in any family: that is the one thing that they cannot say. */
const text = string({
  unit: oneof(
    constantFrom('"', "'", '\\', '\n', '{', '}', '[', ',', ':', ' ', '<b>', '</p>', '12'),
    string({ minLength: 1, maxLength: 1 }),
  ),
  maxLength: 8,
});
const key = constantFrom('a', 'b_2', 'file-path', 'X');
const scalar = oneof(
  text,
  integer(),
  double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
  boolean(),
);
const value: Arbitrary<unknown> = oneof(
  scalar,
  array(scalar, { maxLength: 3 }),
  dictionary(key, oneof(scalar, array(text, { maxLength: 2 })), { maxKeys: 3 }),
);

/** A schema that knows the types of the arguments. */
function schemaOf(values: Input): Input {
  const typeOf = (one: unknown): string => (Array.isArray(one) ? 'array' : isJsonObject(one) ? 'object' : typeof one);
  return { properties: Object.fromEntries(Object.entries(values).map(([name, one]) => [name, { type: typeOf(one) }])) };
}

function read(name: TemplateName, written: string, schema: Input): unknown[] {
  const family = chooseFamily(templates[name]);
  const options = { start: 'text', areCallsHeld: false, toolNames: new Set(['weather']), schemas: new Map([['weather', schema]]) } as const;
  const parser = new ReplyParser({ family, ...options });
  const scanner = new MarkScanner(marksOf(family, { hasCalls: true }).filter(({ role }) => role !== 'part'));
  const found = [...Array.from(written).flatMap((piece) => scanner.push(piece)), { text: scanner.flush() }];
  const parts = [
    ...found.flatMap((one) => ('mark' in one ? parser.mark(one.mark) : parser.text(one.text))),
    ...parser.end({ isCut: false }),
  ];
  const calls: string[] = [];
  for (const part of parts) {
    if (part.kind === 'call') calls.push('');
    else if (part.kind === 'arguments') calls[calls.length - 1] += part.json;
  }
  return calls.map((json) => JSON.parse(json) as unknown);
}

describe.each(names)('%s', (name) => {
  const { calls } = chooseFamily(templates[name]);
  const begin = calls.around?.[0] ?? calls.open ?? '';

  test('a call that the template shows is read as the same call', () => {
    assert(
      property(dictionary(key, value, { maxKeys: 4 }), (values) => {
        const prompt = rendered(name, [values, {}], ['', '']);
        expect(read(name, prompt.slice(prompt.indexOf(begin)), schemaOf(values))).toEqual([values, {}]);
      }),
      { numRuns: 100 },
    );
  });
});
