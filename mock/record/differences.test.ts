import { describe, expect, test } from 'vitest';
import { describeDifference, differences } from './differences.ts';

const described = (expected: unknown, found: unknown): readonly string[] => differences(expected, found).map(describeDifference);

describe('Two bodies', () => {
  test('that are equal but for the order of names do not differ', () => {
    expect(differences({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toEqual([]);
  });

  test.each([
    [{ a: { b: 'Hello' } }, { a: { b: 'Hallo' } }, ['/a/b: expected "Hello", found "Hallo"']],
    [{ a: 1 }, { a: 1, 'b/c': [2] }, ['/b~1c: expected nothing, found [2]']],
    [{ a: [1, 2] }, { a: [1] }, ['/a/1: expected 2, found nothing']],
    [{ a: {} }, { a: [] }, ['/a: expected {}, found []']],
    [{ a: null }, {}, ['/a: expected null, found nothing']],
    [undefined, { a: 1 }, ['the body: expected nothing, found {"a":1}']],
    [{}, { toString: 1 }, ['/toString: expected nothing, found 1']],
  ])('%j and %j', (expected, found, sentences) => {
    expect(described(expected, found)).toEqual(sentences);
  });

  test('with long texts are shown where these part', () => {
    const [sentence = ''] = described({ system: `${'a'.repeat(500)}bc${'d'.repeat(500)}` }, { system: `${'a'.repeat(500)}xc` });
    expect(sentence).toBe(`/system: expected …"${'a'.repeat(20)}bc${'d'.repeat(58)}"…, found …"${'a'.repeat(20)}xc"`);
  });
});

describe('[redacted]', () => {
  test.each([
    ['[redacted]', 'anything', true],
    ['key [redacted]!', 'key 1!', true],
    ['key [redacted]!', 'key 1', false],
    ['a[redacted]b[redacted]c', 'a1b2c', true],
    ['a[redacted]b[redacted]c', 'a1c', false],
    ['[redacted]', 5, false],
    ['ab[redacted]bc', 'abc', false],
  ])('in %j against %j: %s', (expected, found, isSame) => {
    expect(differences(expected, found).length === 0).toBe(isSame);
  });
});
