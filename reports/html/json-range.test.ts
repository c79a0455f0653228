import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { rangeAt } from './json-range.ts';

const text = ' {"a": {"b/c": [1, "x\\"]", {"d~": null}]}, "a": {"b/c": [true, {"e": "}"}, 3 ]}, "f": -1.5e3 } ';

it.each([
  ['', text.trim()],
  // Of equal names the last counts.
  ['/a', '{"b/c": [true, {"e": "}"}, 3 ]}'],
  ['/a/b~1c', '[true, {"e": "}"}, 3 ]'],
  ['/a/b~1c/1/e', '"}"'],
  ['/a/b~1c/2', '3'],
  ['/f', '-1.5e3'],
])('finds %j as it stands', (pointer, expected) => {
  const range = rangeAt(text, pointer);
  expect(range === undefined ? undefined : text.slice(range.start, range.end)).toBe(expected);
  expect(range?.isExact).toBe(true);
});

it.each([
  ['/nothing', text.trim()],
  ['/a/b~1c/3', '[true, {"e": "}"}, 3 ]'],
  ['/f/deeper', '-1.5e3'],
])('finds what is around %j, which is not there', (pointer, expected) => {
  const range = rangeAt(text, pointer);
  expect(range === undefined ? undefined : text.slice(range.start, range.end)).toBe(expected);
  expect(range?.isExact).toBe(false);
});

it.each(['', 'no', '{"a":', '{"a":"', '[1,', '{"a":{"b":1}'])('says nothing wrong of %j, which is no JSON', (broken) => {
  expect(rangeAt(broken, '/a')?.end ?? 0).toBeLessThanOrEqual(broken.length);
});

it('finds every member of any JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 2), (value, space) => {
      const json = JSON.stringify(value, undefined, space);
      for (const [name, member] of Object.entries(JSON.parse(json) as object)) {
        const range = rangeAt(json, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
        expect(JSON.parse(json.slice(range?.start, range?.end))).toEqual(member);
      }
    }),
  );
});

it('takes no time worth naming for a string of five million characters', () => {
  const json = JSON.stringify({ long: 'x\\"'.repeat(1_700_000), after: 7 });
  const started = performance.now();
  const range = rangeAt(json, '/after');
  expect(json.slice(range?.start, range?.end)).toBe('7');
  expect(performance.now() - started).toBeLessThan(1500);
});
