import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTokens, tokenize } from './estimate-tokens.ts';

describe('The mock tokenizer', () => {
  it.each([
    ['', []],
    ['Hello there', ['Hell', 'o', ' ther', 'e']],
    ['  a\n\n', [' ', ' a', '\n', '\n']],
    ['\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}', ['\u{1F600}\u{1F600}\u{1F600}\u{1F600}', '\u{1F600}']],
    ['a\u00a0b\u2028\ufeffc', ['a', '\u00a0b', '\u2028', '\ufeffc']],
  ])('cuts %j into pieces, and counts them', (text, tokens) => {
    expect(tokenize(text)).toStrictEqual(tokens);
    expect(countTokens(text)).toBe(tokens.length);
  });

  it('counts as many as it cuts, in any text', () => {
    const character = fc.oneof(fc.constantFrom(' ', '\n', '\u3000', 'a', '\ud83d', '\ude00', '\u{1F600}'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const text = characters.join('');
        expect(countTokens(text)).toBe(tokenize(text).length);
      }),
    );
  });
});
