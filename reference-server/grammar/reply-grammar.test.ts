import { expect, test } from 'vitest';
import { harmony } from '../families/harmony.ts';
import { hermes } from '../families/hermes.ts';
import { replyGrammar } from './reply-grammar.ts';

const schema = { type: 'object', properties: { a: { type: 'null' }, b: { type: 'boolean' } }, required: ['b'] };
const tools = [{ name: 'look', input_schema: { type: 'object' } }] as const;
const root = (text: string): string => text.split('\n', 1)[0] ?? '';
const json = { schema: { type: 'null' }, family: hermes, tools: [], isLed: false } as const;

test('required properties come before the others', () => {
  const text = replyGrammar({ ...json, schema });
  expect(text).toMatch(/^first-\d+ ::= member-b-\d+ next-\d+$/mu);
  expect(text).toMatch(/^next-\d+ ::= \(", " member-a-\d+ "" \| ""\)$/mu);
});

test('a call may take the place of the JSON', () => {
  expect(root(replyGrammar({ ...json, tools }))).toBe(
    String.raw`root ::= (null | "<tool_call>\x0a{\"name\": \"" call-look-3 "}\x0a</tool_call>")`,
  );
});

test('line breaks may come first after thinking', () => {
  expect(root(replyGrammar({ ...json, isLed: true }))).toBe(String.raw`root ::= "\n"{0,2} null`);
});

test('where replies are messages, the JSON is that for the user', () => {
  expect(root(replyGrammar({ ...json, family: harmony, tools, isLed: true }))).toBe(
    'root ::= "<|start|>assistant"{0,1} ("<|channel|>final<|message|>" null | "<|channel|>commentary to=functions." call-look-3 "")',
  );
});
