import { expect, test } from 'vitest';
import { isEdited, signThinking } from './signature.ts';

const signature = signThinking('Two and two.');

test.each<[string, string, string, boolean]>([
  ['the text that was signed', 'Two and two.', signature, false],
  ['another text', 'Two and three.', signature, true],
  ['a text that was left out', '', signature, false],
  ['a text from another server', 'Two and three.', 'EqQBCgIYAhIM', false],
  ['a text without a signature', 'Two and three.', '', false],
])('%s', (_, thinking, signed, expected) => {
  expect(isEdited({ thinking, signature: signed })).toBe(expected);
});
