/** Conversations that every chat template has to render: what clients of the Messages API send, however the vendor meant its template. */
import type { CountTokensRequest, MessageParam, Tool } from '../spec/index.ts';

type Scenario = Omit<CountTokensRequest, 'model'>;

const city = { type: 'string', description: 'The city, "New York" for example' } as const;
/** Schemas as clients send them: choices, references, arguments without a type or a description. Some templates run through them. */
const tools: Tool[] = [
  { name: 'get_weather', description: 'Tells the "weather".', input_schema: { type: 'object', properties: { city }, required: ['city'] } },
  {
    name: 'get_time',
    input_schema: {
      type: 'object',
      properties: {
        zone: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        unit: { enum: ['h', 'two words', 1] },
        place: { $ref: '#/$defs/place' },
        several: { type: ['array', 'null'], items: { type: 'object', properties: { a: { type: 'string' } } } },
        any: true,
      },
      $defs: { place: { type: 'object', properties: { city } } },
    },
  },
  { name: 'stop_all', input_schema: { type: 'object' } },
];

const user = (...content: readonly (string | object)[]): MessageParam => message('user', content);
const answer = (...content: readonly (string | object)[]): MessageParam => message('assistant', content);
const call = (id: string, input: object): object => ({ type: 'tool_use', id, name: 'get_weather', input });
const result = (id: string, content?: unknown, more: object = {}): object => ({ type: 'tool_result', tool_use_id: id, content, ...more });
const thinking = { type: 'thinking', thinking: 'Two cities.', signature: '' };

function message(role: 'user' | 'assistant', content: readonly (string | object)[]): MessageParam {
  const blocks = content.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part));
  // Written by hand and read by the server's own code, which narrows it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return { role, content: blocks } as MessageParam;
}

const asked = user('Weather in towns?');
const looked = [asked, answer(call('toolu_0123456789', { city: 'New York', days: 3 })), user(result('toolu_0123456789', 'It is "18".'))];

/** With the words that have to stand in the prompt. */
export const scenarios: Readonly<Record<string, readonly [scenario: Scenario, words: readonly string[]]>> = {
  'a question': [{ messages: [asked] }, ['Weather in towns?']],
  'a system text': [{ system: 'Be good, please.', messages: [asked] }, ['Be good, please.', 'Weather in towns?']],
  'several turns': [
    { system: 'Be good, please.', messages: [asked, answer('It is fine.'), user('And there?'), answer('Fine too.'), user('Thank you!')] },
    ['Be good, please.', 'Weather in towns?', 'It is fine.', 'And there?', 'Fine too.', 'Thank you!'],
  ],
  'an answer to nobody': [{ messages: [answer('Yes, you?'), asked] }, ['Yes, you?', 'Weather in towns?']],
  'an empty question': [{ messages: [user('')] }, []],
  'a system text in the middle': [
    { messages: [asked, answer('It is fine.'), { role: 'system', content: 'Be brief, please.' }, user('And there?')] },
    ['Be brief, please.', 'And there?'],
  ],
  'thinking on': [{ thinking: { type: 'adaptive' }, messages: [asked] }, ['Weather in towns?']],
  'thinking off': [{ thinking: { type: 'disabled' }, messages: [asked] }, ['Weather in towns?']],
  tools: [{ system: 'Be good, please.', tools, messages: [asked] }, ['Be good, please.', 'get_weather', 'get_time', 'stop_all', 'zone']],
  'tools, none of which may be called': [{ tools, tool_choice: { type: 'none' }, messages: [asked] }, ['Weather in towns?']],
  'a call, its result, an answer': [
    { tools, messages: [...looked, answer('It is fine.'), user('Thank you!')] },
    ['get_weather', 'New York', 'It is "18".', 'It is fine.', 'Thank you!'],
  ],
  'a call, its result': [
    { system: 'Be good, please.', tools, messages: looked },
    ['Be good, please.', 'Weather in towns?', 'New York', 'It is "18".'],
  ],
  'a call of a tool that is gone': [{ messages: looked }, ['New York', 'It is "18".']],
  'text beside a call': [
    { tools, messages: [asked, answer('Let me see.', call('toolu_01', { city: 'New York' })), user(result('toolu_01', 'First result.'))] },
    ['Let me see.', 'New York', 'First result.'],
  ],
  'a remark behind a result': [{ tools, messages: [...looked, user('Be brief, please.')] }, ['It is "18".', 'Be brief, please.']],
  'two calls at once': [
    {
      tools,
      messages: [
        asked,
        answer(call('toolu_01', { city: 'New York' }), call('toolu_02', { city: 'Las Vegas' })),
        user(result('toolu_01', 'First result.'), result('toolu_02', 'Second result.')),
      ],
    },
    ['New York', 'Las Vegas', 'First result.', 'Second result.'],
  ],
  'two calls in turn': [
    {
      tools,
      messages: [...looked, answer(call('toolu_02', { city: 'Las Vegas' })), user(result('toolu_02', 'Second result.'))],
    },
    ['New York', 'It is "18".', 'Las Vegas', 'Second result.'],
  ],
  'a call of many kinds of values': [
    {
      tools,
      messages: [
        asked,
        answer(call('toolu_01', { city: 'Two words\n"quoted"', nested: { list: [1, null, true, 'More words'], 'a key': {} }, empty: '' })),
        user(result('toolu_01', '{"a": 1}')),
      ],
    },
    ['Two words', 'More words', 'a key'],
  ],
  'a result of blocks': [
    {
      tools,
      messages: [
        asked,
        answer(call('toolu_01', {})),
        user(
          result('toolu_01', [
            { type: 'text', text: 'First part.' },
            { type: 'text', text: 'Second part.' },
          ]),
        ),
      ],
    },
    ['First part.', 'Second part.'],
  ],
  'a failed call': [
    { tools, messages: [asked, answer(call('toolu_01', {})), user(result('toolu_01', 'No such town.', { is_error: true }))] },
    ['Error: No such town.'],
  ],
  'a result of nothing': [
    { tools, messages: [asked, answer(call('toolu_01', { city: 'New York' })), user(result('toolu_01'))] },
    ['New York'],
  ],
  'thinking in the running tool loop': [
    {
      tools,
      thinking: { type: 'adaptive' },
      messages: [asked, answer(thinking, call('toolu_01', { city: 'New York' })), user(result('toolu_01', 'First result.'))],
    },
    ['New York', 'First result.'],
  ],
  'a beginning of an answer': [{ messages: [asked, answer('It is')] }, ['Weather in towns?', 'It is']],
  'a beginning of an answer to a result': [{ tools, messages: [...looked, answer('It is')] }, ['It is "18".', 'It is']],
  'a forced tool': [{ tools, tool_choice: { type: 'tool', name: 'get_weather' }, messages: [asked] }, ['get_weather']],
  'any forced tool': [{ tools, tool_choice: { type: 'any' }, messages: [asked] }, ['get_weather']],
};
