import { expect, test } from 'vitest';
import { hermesDelimiters } from '../output/model-delimiters.ts';
import { replyGrammar } from './reply-grammar.ts';

const schema = { type: 'object', properties: { a: { type: 'null' }, b: { type: 'boolean' } }, required: ['b'] };
const root = (text: string): string => text.split('\n', 1)[0] ?? '';

test('required properties come before the others', () => {
  const text = replyGrammar({ schema, mayLead: false });
  expect(text).toMatch(/^first-\d+ ::= member-b-\d+ next-\d+$/mu);
  expect(text).toMatch(/^next-\d+ ::= \(", " member-a-\d+ "" \| ""\)$/mu);
});

test('a call may take the place of the JSON', () => {
  const { call } = hermesDelimiters;
  if (call === undefined) throw new Error('no syntax');
  const tools = [{ name: 'look', input_schema: { type: 'object' } }] as const;
  const text = replyGrammar({ schema: { type: 'null' }, calls: { tools, syntax: call }, mayLead: false });
  expect(root(text)).toBe(String.raw`root ::= (null | "<tool_call>" "\x0a{\"name\": \"" call-look-3 "}\x0a</tool_call>")`);
});

test('line breaks may come first after thinking', () => {
  expect(root(replyGrammar({ schema: { type: 'null' }, mayLead: true }))).toBe(String.raw`root ::= "\n"{0,2} null`);
});
