// GBNF has no "until": the rules are walked with every short text, and must take exactly those that end with the mark and have it nowhere else.
import { expect, test } from 'vitest';
import { qwenXml } from '../families/qwen-xml.ts';
import { textUntil } from './text-until.ts';
import { callGrammar } from './tool-grammar.ts';

/** Whether the rules take a text to its end. */
function takes(rules: readonly string[], text: string): boolean {
  const byName = new Map(rules.map((rule) => [rule.split(' ::= ')[0], rule.split(' ::= ')[1]?.split(' | ') ?? []]));
  let state = rules[0]?.split(' ::= ')[0]?.replace(/-\d+$/u, '') ?? '';
  for (const [at, character] of Array.from(text).entries()) {
    const taken = (byName.get(state) ?? []).filter((option) => pattern(option.split(' ')[0] ?? '').test(character));
    if (taken.length !== 1) return false;
    const next = taken[0]?.split(' ')[1];
    if (next === undefined) return at === text.length - 1;
    state = next;
  }
  return false;
}

/** A literal of one character, or a class. */
function pattern(written: string): RegExp {
  const source = written.startsWith('"') ? `^[${written.slice(1, -1).replace(/^\\"$/u, '"')}]$` : `^${written}$`;
  return new RegExp(source.replaceAll(/\\U00([0-9A-F]{6})/gu, String.raw`\u{$1}`), 'u');
}

function* texts(characters: string, longest: number): Generator<string> {
  let all = [''];
  for (let length = 0; length <= longest; length += 1) {
    yield* all;
    all = all.flatMap((text) => Array.from(characters, (character) => text + character));
  }
}

test.each<[mark: string, read: number, characters: string]>([
  ['b', 0, 'ab'],
  ['aab', 0, 'abc'],
  ['abab', 0, 'abc'],
  ['<|"|>', 0, '<|">'],
  ['\n</p>', 1, '\n</p>'],
])('%j after %i of its characters', (mark, read, characters) => {
  const rules = textUntil('text', mark, read);
  for (const text of texts(characters, 6)) {
    const whole = mark.slice(0, read) + text;
    expect({ text, isTaken: takes(rules, text) }).toEqual({
      text,
      isTaken: whole.indexOf(mark) === whole.length - mark.length && text !== '' && whole.includes(mark),
    });
  }
});

test('control characters are not written', () => {
  expect(takes(textUntil('text', 'b'), 'a\tb')).toBe(true);
  expect(takes(textUntil('text', 'b'), 'a\u0000b')).toBe(false);
});

test('the line break in front of a value is the beginning of its end', () => {
  const look = { name: 'look', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } as const;
  const { name, input_schema: schema } = look;
  const grammar = callGrammar(
    [{ name, input_schema: { type: schema.type, properties: schema.properties, required: ['city'] } }],
    qwenXml.calls,
    'name',
  );
  const rules = grammar.split('\n').filter((line) => /^text(?:-\d+)? ::= /u.test(line));
  expect(takes(rules, '</parameter>')).toBe(true);
  expect(takes(rules, 'a</parameter>')).toBe(false);
  expect(takes(rules, 'a</parameter>\n</parameter>')).toBe(true);
});
