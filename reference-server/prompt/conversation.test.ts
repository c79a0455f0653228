import { expect, test } from 'vitest';
import type { MessageParam, SearchResultBlockParam } from '../../spec/index.ts';
import { signThinking } from '../output/signature.ts';
import { readConversation, type Turn } from './conversation.ts';

function turns(messages: readonly [MessageParam, ...MessageParam[]], system?: string): readonly Turn[] {
  return readConversation({ messages: [...messages], ...(system === undefined ? {} : { system }) }).turns;
}

const pixel = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } } as const;
const call = { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } } as const;

test('a string and one text block are the same', () => {
  expect(turns([{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }])).toEqual(turns([{ role: 'user', content: 'Hi' }]));
});

test('consecutive messages of one role are one turn', () => {
  expect(
    turns([
      { role: 'user', content: 'one' },
      { role: 'user', content: 'two' },
      { role: 'assistant', content: 'a' },
      { role: 'assistant', content: 'b' },
    ]),
  ).toEqual([
    { role: 'user', content: 'one\ntwo' },
    { role: 'assistant', content: 'a\nb' },
  ]);
});

test('system messages at the beginning join the system prompt, later ones become user text where they stand', () => {
  expect(
    turns(
      [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'system', content: [{ type: 'text', text: 'Now be brief.' }] },
        { role: 'assistant', content: 'Hello' },
      ],
      'Be good.',
    ),
  ).toEqual([
    { role: 'system', content: 'Be good.\n\nBe kind.' },
    { role: 'user', content: 'Hi\nNow be brief.' },
    { role: 'assistant', content: 'Hello' },
  ]);
});

test('calls stand on the assistant turn, results are turns of their own, and errors say so', () => {
  expect(
    turns([
      { role: 'assistant', content: [{ type: 'text', text: 'Let me see.' }, call, { ...call, id: 'toolu_2' }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: '18°C' }] },
          { type: 'tool_result', tool_use_id: 'toolu_2', content: 'no such city', is_error: true },
          { type: 'text', text: 'And now?' },
        ],
      },
    ]),
  ).toEqual([
    {
      role: 'assistant',
      content: 'Let me see.',
      tool_calls: [
        { id: 'toolu_1', type: 'function', function: { name: 'get_weather', arguments: { city: 'Paris' } } },
        { id: 'toolu_2', type: 'function', function: { name: 'get_weather', arguments: { city: 'Paris' } } },
      ],
    },
    { role: 'tool', content: '18°C', name: 'get_weather', tool_call_id: 'toolu_1' },
    { role: 'tool', content: 'Error: no such city', name: 'get_weather', tool_call_id: 'toolu_2' },
    { role: 'user', content: 'And now?' },
  ]);
});

test('a result without content is an empty one', () => {
  expect(turns([{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1' }] }])).toEqual([
    { role: 'tool', content: '', name: '', tool_call_id: 'toolu_1' },
  ]);
});

test('thinking is kept within the running tool loop and dropped before the last question', () => {
  const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' } as const;
  const loop: MessageParam[] = [
    { role: 'assistant', content: [thought, { type: 'redacted_thinking', data: 'x' }, call] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'sunny' }] },
  ];
  expect(turns([{ role: 'user', content: 'Weather?' }, ...loop])[1]).toMatchObject({ reasoning_content: 'Hm.' });
  expect(turns([{ role: 'user', content: 'Weather?' }, ...loop, { role: 'user', content: 'Thanks' }])[1]).not.toHaveProperty(
    'reasoning_content',
  );
});

test('thinking of the last answer that was edited is refused, in older ones it is dropped', () => {
  const edited = { type: 'thinking', thinking: 'Hum.', signature: signThinking('Hm.') } as const;
  const answer: MessageParam = { role: 'assistant', content: [edited, { type: 'text', text: 'Yes.' }] };
  const question: MessageParam = { role: 'user', content: 'Sure?' };
  expect(() => turns([question, answer, question])).toThrow('messages.1.content.0: thinking blocks cannot be modified');
  expect(() => turns([question, answer, question, { role: 'assistant', content: 'Yes.' }, question])).not.toThrow();
});

test('a conversation that ends with the assistant is to be continued', () => {
  expect(readConversation({ messages: [{ role: 'user', content: 'Hi' }] }).endsWithPrefill).toBe(false);
  expect(readConversation({ messages: [{ role: 'assistant', content: 'He' }] }).endsWithPrefill).toBe(true);
});

test('citations are refused by their place where they are switched on', () => {
  const source = { type: 'text', media_type: 'text/plain', data: 'Buy milk.' } as const;
  const document = (enabled: boolean) => ({ type: 'document', source, citations: { enabled } }) as const;
  const found: SearchResultBlockParam = {
    type: 'search_result',
    source: 's',
    title: 't',
    content: [{ type: 'text', text: 'x' }],
    citations: { enabled: true },
  };
  expect(turns([{ role: 'user', content: [document(false)] }])).toEqual([{ role: 'user', content: 'Buy milk.' }]);
  expect(() => turns([{ role: 'user', content: [document(true)] }])).toThrow(
    'messages.0.content.0.citations.enabled: this server does not cite',
  );
  expect(() => turns([{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [found] }] }])).toThrow(
    'messages.0.content.0.content.0.citations.enabled: this server does not cite',
  );
});

test('text documents are text, images and PDFs are refused by their place', () => {
  const document = { type: 'document', title: 'Notes', source: { type: 'text', media_type: 'text/plain', data: 'Buy milk.' } } as const;
  expect(turns([{ role: 'user', content: [document] }])).toEqual([{ role: 'user', content: 'Notes\nBuy milk.' }]);
  expect(() => turns([{ role: 'user', content: [document, pixel] }])).toThrow('messages.0.content.1: this model does not take images');
  expect(() => turns([{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [pixel] }] }])).toThrow(
    'messages.0.content.0.content.0: this model does not take images',
  );
  expect(() =>
    turns([{ role: 'user', content: [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: '' } }] }]),
  ).toThrow('messages.0.content.0.source: this model takes plain-text documents only');
});
