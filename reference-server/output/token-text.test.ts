import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenText } from './token-text.ts';

/** One token per byte, the worst that a tokenizer can do. */
const bytewise = (): TokenText<number> => new TokenText<number>((tokens) => Buffer.from(tokens).toString('utf8'));

test('characters of several tokens leave whole', () => {
  fc.assert(
    // A real U+FFFD cannot be told from what a detokenizer writes for half a character.
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\uFFFD')),
      (text) => {
        const reader = bytewise();
        const pieces = [...Buffer.from(text)].map((byte) => reader.push(byte));
        expect(pieces.join('') + reader.flush()).toBe(text);
        expect(pieces.every((piece) => !piece.includes('\uFFFD'))).toBe(true);
      },
    ),
  );
});

test('half a character at the end is dropped', () => {
  const reader = bytewise();
  const bytes = [...Buffer.from('é😀')].slice(0, -1);
  expect(bytes.map((byte) => reader.push(byte)).join('') + reader.flush()).toBe('é');
});

test('bytes that are no character do not hold the text back for ever', () => {
  const reader = bytewise();
  const text = Array.from({ length: 20 }, () => reader.push(0x80)).join('');
  expect(text.length).toBeGreaterThan(0);
});

test('a text that goes on with another one begins with its space', () => {
  /** As SentencePiece does: `▁` is a space, and the one in front of everything is left out. */
  const words = (tokens: readonly string[], before: readonly string[]): string => {
    const text = (all: readonly string[]): string => all.join('').replaceAll('▁', ' ').replace(/^ /u, '');
    return text([...before, ...tokens]).slice(text(before).length);
  };
  expect(new TokenText<string>(words).push('▁two')).toBe('two');
  expect(new TokenText<string>(words, ['<s>', '▁one', '▁is', '▁more', '▁than']).push('▁two')).toBe(' two');
});
