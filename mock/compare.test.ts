import { describe, expect, test } from 'vitest';
import { deviations, findDifference } from './compare.ts';
import { showBoth } from './show.ts';

const described = (expected: unknown, found: unknown): readonly string[] =>
  deviations(expected, found).map((one) => {
    const shown = showBoth(one.expected, one.found);
    return `/${one.steps.join('/')}: expected ${shown.expected}, found ${shown.found}`;
  });

describe('Two bodies', () => {
  test('that are equal but for the order of names do not differ', () => {
    expect(deviations({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toEqual([]);
  });

  test.each([
    [{ a: { b: 'Hello' } }, { a: { b: 'Hallo' } }, ['/a/b: expected "Hello", found "Hallo"']],
    [{ a: 1 }, { a: 1, b: [2] }, ['/b: expected nothing, found [2]']],
    [{ a: [1, 2] }, { a: [1] }, ['/a/1: expected 2, found nothing']],
    [{ a: {} }, { a: [] }, ['/a: expected {}, found []']],
    [{ a: null }, {}, ['/a: expected null, found nothing']],
    [undefined, { a: 1 }, ['/: expected nothing, found { a: 1 }']],
    [{}, { toString: 1 }, ['/toString: expected nothing, found 1']],
  ])('%j and %j', (expected, found, sentences) => {
    expect(described(expected, found)).toEqual(sentences);
  });

  test('with long texts are shown where these part', () => {
    const [sentence = ''] = described({ system: `${'a'.repeat(500)}bc${'d'.repeat(500)}` }, { system: `${'a'.repeat(500)}xc` });
    expect(sentence).toBe(`/system: expected …"${'a'.repeat(20)}bc${'d'.repeat(78)}"…, found …"${'a'.repeat(20)}xc"`);
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
    expect(deviations(expected, found).length === 0).toBe(isSame);
  });
});

describe('A pattern', () => {
  const value = { model: 'm', tools: [{ name: 'a', strict: true }, { name: 'b' }], system: 'x'.repeat(200) };
  test.each<[pattern: unknown, path: string | undefined]>([
    [{}, undefined],
    [{ model: /^m$/, tools: [{ name: 'b' }] }, undefined],
    [{ tools: [{ name: 'a' }, { strict: undefined }] }, undefined],
    [{ tools: [{ name: 'b' }, { name: 'a' }] }, 'request.tools.1'],
    [{ tools: [{}, { name: 'c' }] }, 'request.tools.1.name'],
    [{ toString: () => false }, 'request.toString'],
    [{ model: 5 }, 'request.model'],
    [{ tools: {} }, 'request.tools'],
    [{ system: (text: unknown) => text === 'y' }, 'request.system'],
  ])('%o differs first at %s', (pattern, path) => {
    expect(findDifference(pattern, value, 'request')?.path).toBe(path);
  });
});
