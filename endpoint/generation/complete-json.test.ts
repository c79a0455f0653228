import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../../spec/json.ts';
import { completeJson } from './complete-json.ts';

describe('A cut JSON object', () => {
  it.each([
    ['', '{}'],
    ['{', '{}'],
    ['{"ci', '{}'],
    ['{"city"', '{}'],
    ['{"city":', '{}'],
    ['{"city": "Par', '{"city": "Par"}'],
    ['{"city": "Paris", "un', '{"city": "Paris"}'],
    ['{"city": "Paris", ', '{"city": "Paris"}'],
    ['{"city": "Paris", "days": [1, 2', '{"city": "Paris", "days": [1, 2]}'],
    ['{"days": [1, ', '{"days": [1]}'],
    ['{"a": {"b": tr', '{"a": {}}'],
    ['{"a": 1.', '{"a": 1}'],
    ['{"a": 1e+', '{"a": 1}'],
    ['{"a": -', '{}'],
    ['{"a": [-', '{"a": []}'],
    [String.raw`{"a": "x\u00`, '{"a": "x"}'],
    [String.raw`{"a": "x` + '\\', '{"a": "x"}'],
    [String.raw`{"a": "say \"hi`, String.raw`{"a": "say \"hi"}`],
    ['{"a": 1}', '{"a": 1}'],
    [' {"a": 1} \n', '{"a": 1}'],
  ])('%j becomes %j', (text, expected) => {
    expect(completeJson(text)).toBe(expected);
  });

  it.each([
    [String.raw`{"a": "x\ud83d`, '{"a": "x"}'],
    ['{"a": "x\ud83d', '{"a": "x"}'],
    [String.raw`{"a": "x\ud83d\ude0`, '{"a": "x"}'],
    [String.raw`{"a": "x\ud83d\ude00`, String.raw`{"a": "x\ud83d\ude00"}`],
  ])('loses the half of a character that it ends in: %j', (text, expected) => {
    expect(completeJson(text)).toBe(expected);
  });

  it.each([
    ['{"a": 1} and more', '{"a": 1}'],
    ['{"a": 1, b}', '{"a": 1}'],
    ['{"a": 01', '{"a": 0}'],
    ['{"a": 1]', '{"a": 1}'],
    ['{"a": [1, ]}', '{"a": [1]}'],
    ['{"a": 1, }', '{"a": 1}'],
    ['{"a" 1}', '{}'],
    ['{"a": "x\ny"}', '{"a": "x"}'],
  ])('ends where it is no JSON any more: %j', (text, expected) => {
    expect(completeJson(text)).toBe(expected);
  });

  it.each(['[1]', '"text"', 'null', 'nonsense'])('is empty where the text is no object: %s', (text) => {
    expect(completeJson(text)).toBe('{}');
  });

  it.each(['{"a":9007199254740993}', '{"a":1e400}', '{"a":1.0}', '{"a":-0}', '{"2":1,"1":2}', String.raw`{"a":"\u00e9\/"}`])(
    'keeps its text, digit by digit: %s',
    (text) => {
      expect(completeJson(text)).toBe(text);
      expect(completeJson(`${text.slice(0, -1)},"cut`)).toBe(text);
    },
  );
});

/** Objects as models write them: spaces between the parts, escapes that need not be, numbers that JavaScript does not have. */
function object(strings: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const space = fc.constantFrom('', ' ', '\n  ');
  const numeral = fc.constantFrom('0', '-0', '1.0', '1e400', '-12.50E-3', '9007199254740993', '123456789012345678901234567890');
  const text = fc.tuple(strings, fc.boolean()).map(([value, isEscaped]) => (isEscaped ? allEscaped(value) : JSON.stringify(value)));
  return fc.letrec<{ object: string; value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(numeral, text, fc.constantFrom('true', 'false', 'null')),
      tie('object'),
      fc.tuple(fc.array(tie('value'), { maxLength: 3 }), space).map(([items, gap]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
    ),
    object: fc
      .tuple(fc.array(fc.tuple(text, space, tie('value')), { maxLength: 3 }), space)
      .map(([members, gap]) => `{${gap}${members.map(([key, inner, value]) => `${key}${inner}:${gap}${value}`).join(`,${gap}`)}${gap}}`),
  })).object;
}

function allEscaped(text: string): string {
  return `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
}

describe('Any object', () => {
  it('is itself where it is not cut', () => {
    fc.assert(
      fc.property(object(fc.string({ unit: 'binary' })), (whole) => {
        expect(completeJson(whole)).toBe(whole);
      }),
    );
  });

  it('is an object wherever it is cut, which begins as it did', () => {
    fc.assert(
      fc.property(object(fc.string({ unit: 'binary' })), fc.nat(), (whole, at) => {
        const completed = completeJson(whole.slice(0, at % (whole.length + 1)));
        expect(isJsonObject(JSON.parse(completed))).toBe(true);
        expect(whole.startsWith(completed.replace(/["\]}]*$/u, ''))).toBe(true);
      }),
    );
  });

  it('loses nothing that was whole', () => {
    fc.assert(
      fc.property(object(fc.string({ unit: 'grapheme-ascii' })), fc.nat(), (whole, at) => {
        const cut = whole.slice(0, at % (whole.length + 1));
        expect(JSON.parse(completeJson(cut))).toStrictEqual(longestObject(cut));
      }),
    );
  });

  it.each([
    ['a key that does not end', `{"a":1,"${'x'.repeat(4_000_000)}`, 7],
    ['lists in lists', `{"a":${'['.repeat(500_000)}`, 5 + 1_000_000 + 1],
    ['numbers', `{"a":[${'1,'.repeat(1_000_000)}`, 6 + 2_000_000 - 1 + 2],
  ])('takes time in proportion to its length: %s', (_title, text, length) => {
    const started = performance.now();
    expect(completeJson(text)).toHaveLength(length);
    // What goes back character by character takes hours.
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

/** By trying: the longest beginning that is an object once its open ends are closed. */
function longestObject(text: string): unknown {
  for (let end = text.length; end > 0; end -= 1) {
    const candidate = parsed(closed(text.slice(0, end)));
    if (isJsonObject(candidate)) return candidate;
  }
  return {};
}

function closed(text: string): string {
  const closers: string[] = [];
  let isInString = false;
  let isEscaped = false;
  for (const character of text) {
    if (isEscaped) isEscaped = false;
    else if (isInString && character === '\\') isEscaped = true;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && character === '{') closers.push('}');
    else if (!isInString && character === '[') closers.push(']');
    else if (!isInString && (character === '}' || character === ']')) closers.pop();
  }
  return text + (isInString ? '"' : '') + closers.toReversed().join('');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
