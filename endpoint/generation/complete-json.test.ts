import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeJsonObject } from './complete-json.ts';

describe('A cut JSON object', () => {
  it.each([
    ['', {}],
    ['{', {}],
    ['{"ci', {}],
    ['{"city"', {}],
    ['{"city":', {}],
    ['{"city": "Par', { city: 'Par' }],
    ['{"city": "Paris", "un', { city: 'Paris' }],
    ['{"city": "Paris", "days": [1, 2', { city: 'Paris', days: [1, 2] }],
    ['{"a": {"b": tr', { a: {} }],
    [String.raw`{"a": "x\u00`, { a: 'x' }],
    [String.raw`{"a": "say \"hi`, { a: 'say "hi' }],
    ['{"a": 1}', { a: 1 }],
  ])('%j becomes %j', (text, expected) => {
    expect(completeJsonObject(text)).toStrictEqual(expected);
  });

  it.each(['[1]', '"text"', 'null', 'nonsense'])('is empty where the text is no object: %s', (text) => {
    expect(completeJsonObject(text)).toStrictEqual({});
  });

  it('is an object at every place where it may be cut, and itself where it is not', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        expect(completeJsonObject(text)).toStrictEqual(JSON.parse(text));
        const part = completeJsonObject(text.slice(0, cut % (text.length + 1)));
        expect(Object.keys(part).every((key) => Object.hasOwn(value, key))).toBe(true);
      }),
    );
  });
});
