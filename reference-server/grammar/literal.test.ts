import { expect, test } from 'vitest';
import { literal, spacedJson } from './literal.ts';

test('a literal escapes what GBNF would read', () => {
  expect(literal('{"a\\b"}\n')).toBe('"{\\"a\\\\b\\"}\\x0a"');
});

test('JSON is spaced as json.dumps does it', () => {
  expect(spacedJson({ a: [1, 'x'], b: {}, c: null, d: [] })).toBe('{"a": [1, "x"], "b": {}, "c": null, "d": []}');
});
