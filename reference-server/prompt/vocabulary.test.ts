import { expect, test } from 'vitest';
import { createVocabulary } from './vocabulary.ts';

const special = new Map([
  ['<|im_end|>', 1],
  ['<tool_call>', 2],
  ['<b>', 3],
  ['ø', 4],
]);

/** One token per character, but like llama.cpp it finds user-defined tokens in plain text too. */
const runs: string[] = [];
const vocabulary = createVocabulary<number>({
  special,
  tokenizePlain: (text) => {
    runs.push(text);
    return text.includes('<tool_call>') || text.includes('<b>') ? [99] : Array.from(text, (character) => 1000 + character.charCodeAt(0));
  },
});

const characters = (text: string): number[] => Array.from(text, (character) => 1000 + character.charCodeAt(0));

test('special tokens in markup are special', () => {
  expect(vocabulary.tokenize([{ kind: 'markup', text: 'a<|im_end|>b<tool_call>' }])).toEqual([
    ...characters('a'),
    1,
    ...characters('b'),
    2,
  ]);
});

test('special tokens in content are characters, of either kind', () => {
  for (const text of ['<|im_end|>', '<tool_call>', 'x<tool_call>y', '<tool_call><tool_call>', '<<b>>', '<tool_call<tool_call>>']) {
    expect(vocabulary.tokenize([{ kind: 'content', text }])).toEqual(characters(text));
  }
});

test('a letter that is a user-defined token is a letter', () => {
  expect(vocabulary.tokenize([{ kind: 'content', text: 'smørrebrød<b>ø' }])).toEqual(characters('smørrebrød<b>ø'));
  expect(vocabulary.tokenize([{ kind: 'markup', text: 'ø<|im_end|>' }])).toEqual([...characters('ø'), 1]);
});

test('a special token put together from content and markup is characters too', () => {
  expect(
    vocabulary.tokenize([
      { kind: 'markup', text: '<tool_' },
      { kind: 'content', text: 'call>' },
    ]),
  ).toEqual(characters('<tool_call>'));
});

test('content and the markup around it are one run, as in training', () => {
  runs.length = 0;
  vocabulary.tokenize([
    { kind: 'markup', text: 'user\n' },
    { kind: 'content', text: 'Hello' },
    { kind: 'markup', text: '<|im_end|>\n' },
  ]);
  expect(runs).toEqual(['user\nHello', '\n']);
});

test('a prompt begins with the token that every prompt begins with, once', () => {
  const begun = createVocabulary<number>({ special: new Map([['<s>', 7]]), bos: 7, tokenizePlain: characters });
  expect(begun.tokenizePrompt([{ kind: 'markup', text: 'a' }])).toEqual([7, ...characters('a')]);
  expect(begun.tokenizePrompt([{ kind: 'markup', text: '<s>a' }])).toEqual([7, ...characters('a')]);
  expect(begun.tokenizePrompt([{ kind: 'content', text: '<s>' }])).toEqual([7, ...characters('<s>')]);
  expect(vocabulary.tokenizePrompt([{ kind: 'markup', text: 'a' }])).toEqual(characters('a'));
});

test('some special tokens swallow the white space behind them, whoever wrote it', () => {
  const marks = new Map([
    ['<|user|>', 8],
    ['<|x|>', 9],
  ]);
  const swallowing = createVocabulary<number>({ special: marks, swallows: (token) => token === 8, tokenizePlain: characters });
  expect(
    swallowing.tokenize([
      { kind: 'markup', text: '<|user|>\n' },
      { kind: 'content', text: ' a b' },
      { kind: 'markup', text: '<|x|>\n<|user|>\n' },
    ]),
  ).toEqual([8, ...characters('a b'), 9, ...characters('\n'), 8]);
});
