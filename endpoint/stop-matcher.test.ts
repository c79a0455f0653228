import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStopMatcher } from './stop-matcher.ts';

/** All that comes out when the text comes in these pieces. */
function match(sequences: readonly string[], pieces: readonly string[]): { readonly text: string; readonly matched: string | undefined } {
  const matcher = createStopMatcher(sequences);
  let text = '';
  for (const piece of pieces) {
    const result = matcher.push(piece);
    text += result.text;
    if (result.matched !== undefined) return { text, matched: result.matched };
  }
  return { text: text + matcher.flush(), matched: undefined };
}

/** The definition: read on until the text ends with a sequence; the longest such one is cut off. */
function search(sequences: readonly string[], text: string): { readonly text: string; readonly matched: string | undefined } {
  const longestFirst = sequences.filter((sequence) => sequence !== '').sort((a, b) => b.length - a.length);
  for (let end = 1; end <= text.length; end += 1) {
    const matched = longestFirst.find((sequence) => text.slice(0, end).endsWith(sequence));
    if (matched !== undefined) return { text: text.slice(0, end - matched.length), matched };
  }
  return { text, matched: undefined };
}

const letters = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: length });

describe('A stop matcher', () => {
  it('ends the text before the sequence', () => {
    expect(match(['END'], ['one END two'])).toStrictEqual({ text: 'one ', matched: 'END' });
  });

  it('finds a sequence that is spread over pieces', () => {
    expect(match(['END'], ['one E', 'N', 'D two'])).toStrictEqual({ text: 'one ', matched: 'END' });
  });

  it('holds back only what could begin a sequence', () => {
    const matcher = createStopMatcher(['END']);
    expect(matcher.push('one E')).toStrictEqual({ text: 'one ' });
    expect(matcher.push('x')).toStrictEqual({ text: 'Ex' });
  });

  it('gives back what it held when the generation ends', () => {
    const matcher = createStopMatcher(['END']);
    matcher.push('EN');
    expect(matcher.flush()).toBe('EN');
    expect(matcher.flush()).toBe('');
  });

  it('prefers the sequence that is complete first', () => {
    expect(match(['abcd', 'bc'], ['abcd'])).toStrictEqual({ text: 'a', matched: 'bc' });
  });

  it('prefers the longer of two that are complete at the same place', () => {
    expect(match(['c', 'bc'], ['abc'])).toStrictEqual({ text: 'a', matched: 'bc' });
  });

  it('says nothing more after a match', () => {
    const matcher = createStopMatcher(['.']);
    expect(matcher.push('a.b')).toStrictEqual({ text: 'a', matched: '.' });
    expect(matcher.push('c.')).toStrictEqual({ text: '' });
    expect(matcher.flush()).toBe('');
  });

  it('lets everything pass without sequences', () => {
    expect(match([], ['a', 'b'])).toStrictEqual({ text: 'ab', matched: undefined });
    expect(match([''], ['a', 'b'])).toStrictEqual({ text: 'ab', matched: undefined });
  });

  it('finds what a search through the whole text finds, however the text is cut', () => {
    const cases = [fc.array(letters(4), { maxLength: 4 }), fc.array(letters(5), { maxLength: 8 })] as const;
    fc.assert(
      fc.property(...cases, (sequences, pieces) => {
        expect(match(sequences, pieces)).toStrictEqual(search(sequences, pieces.join('')));
      }),
      { numRuns: 2000 },
    );
  });
});
