import { describe, expect, test } from 'vitest';
import { formatPattern } from './formats.ts';
import { hasTooManyPaths } from './pattern-paths.ts';
import { readPattern } from './pattern-reader.ts';

function isTooMuch(source: string): boolean {
  const pattern = readPattern(source);
  if (pattern === undefined) throw new Error(`${source} is not read at all`);
  return hasTooManyPaths(pattern);
}

describe('a pattern that a sampler can follow', () => {
  test.each([
    '^[A-Z]{2}\\d{4,8}$',
    '^\\d{1,400}$',
    '^[a-z]{1000}$',
    '^[\\w.]+@[\\w.]+\\.\\w{2,}$',
    '^[a-z0-9]+(-[a-z0-9]+)*$',
    '^([a-z]+)+$',
    '^(\\w+\\s?)*$',
    '^(a|b|c|ab|abc)*$',
    '^(ab?c?d?){300}$',
    '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
    '^(([a-zA-Z]|[a-zA-Z][a-zA-Z0-9\\-]*[a-zA-Z0-9])\\.)*([A-Za-z]|[A-Za-z][A-Za-z0-9\\-]*[A-Za-z0-9])$',
    '^.{0,40}.{0,40}$',
    '',
    'foo.*bar',
    'a.*b.*c.*d.*e',
  ])('%s', (source) => {
    expect(isTooMuch(source)).toBe(false);
  });

  test.each(['date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid', 'uri'])('of the format %s', (format) => {
    expect(isTooMuch(formatPattern(format) ?? '(')).toBe(false);
  });
});

describe('a pattern that reads a text in too many ways', () => {
  test.each([
    '^(a|aa)+$',
    '^(.*){1,30}x$',
    '^(.?){800}b$',
    '^((a?){30}){30}$',
    '^(a?){60}a{60}$',
    '^(.*a){20}$',
    '^(.{0,100}){0,10}$',
    '^((a|b)?(a|b)?(a|b)?){200}$',
    '^(?:[ab]?){1000}(?:[ab]?){1000}$',
  ])('%s', (source) => {
    expect(isTooMuch(source)).toBe(true);
  });
});

test('the work of looking is told', () => {
  const pattern = readPattern('^(.?){800}b$');
  let steps = 0;
  if (pattern !== undefined) hasTooManyPaths(pattern, (more) => (steps += more));
  expect(steps).toBe(400);
});
