import { expect, test } from 'vitest';
import { asked } from './asked.ts';
import { sample, streams, turns } from './touching.ts';

const shape = 'user image text / assistant string / user tool_result';
const messages = [
  { role: 'user', content: [{ type: 'image' }, { type: 'text', text: 'What is it?' }] },
  { role: 'assistant', content: 'A lamp.' },
  { role: 'user', content: [{ type: 'tool_result' }] },
];
const posted = (path: string, body: unknown) => asked({ method: 'POST', url: path, headers: [] }, JSON.stringify(body));

test.each([
  ['a conversation of that shape', '/v1/messages?beta=true', { messages }, true],
  ['one that ends earlier', '/v1/messages', { messages: messages.slice(0, 2) }, false],
  ['one with its messages in another order', '/v1/messages', { messages: messages.toReversed() }, false],
  ['no messages', '/v1/messages', { model: 'm' }, false],
  ['a count', '/v1/messages/count_tokens', { messages }, false],
])('turns() knows %s', (_, path, body, expected) => {
  expect(turns(shape)(posted(path, body))).toBe(expected);
});

test('turns() writes a message without blocks as its role', () => {
  const empty = { messages: [{ role: 'assistant', content: [] }] };
  expect(turns('assistant')(posted('/v1/messages', empty))).toBe(true);
});

test('turns() asks the other predicates, too', () => {
  expect(turns(shape, () => false)(posted('/v1/messages', { messages }))).toBe(false);
});

test('a sample is part of all that a fault touches', () => {
  const few = sample(streams, (request) => request.text.includes('dragon'));
  const ask = (text: string) => posted('/v1/messages', { stream: true, messages: [{ role: 'user', content: text }] });
  expect([few(ask('A dragon.')), few(ask('A lamp.'))]).toEqual([true, false]);
  expect(few.wide?.(ask('A lamp.'))).toBe(true);
});
