import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

test('A value is parsed, also null', () => {
  expect(parseJson('{"a":[1]}')).toEqual({ json: { a: [1] } });
  expect(parseJson('null')).toEqual({ json: null });
});

test('What does not parse has a problem of one line', () => {
  expect(parseJson('')).toEqual({ jsonProblem: 'empty' });
  expect(parseJson('{"a":')).toEqual({ jsonProblem: 'Unexpected end of JSON input' });
});

test('A megabyte of brackets is a problem and not a crash', () => {
  expect(parseJson('['.repeat(1_000_000))).toEqual({ jsonProblem: 'Unexpected end of JSON input' });
  expect(parseJson(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toEqual({ jsonProblem: 'nested deeper than 1000 levels' });
  expect(parseJson(`${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`)).toEqual({ jsonProblem: 'nested deeper than 1000 levels' });
});

test('Brackets side by side, or in strings, are not depth', () => {
  expect(parseJson(`[${'[],'.repeat(5000)}1]`)).toHaveProperty('json');
  expect(parseJson(JSON.stringify('["\\'.repeat(5000)))).toHaveProperty('json');
  expect(parseJson(`${'['.repeat(1000)}${']'.repeat(1000)}${' '.repeat(5000)}`)).toHaveProperty('json');
});
