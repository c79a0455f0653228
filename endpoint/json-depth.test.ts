import { describe, expect, it } from 'vitest';
import { exceedsDepth } from './json-depth.ts';

describe('The depth of JSON text', () => {
  it('counts arrays and objects that are open at once', () => {
    expect(exceedsDepth('[{"a":[]}]', 3)).toBe(false);
    expect(exceedsDepth('[{"a":[]}]', 2)).toBe(true);
  });

  it('does not grow with siblings', () => {
    expect(exceedsDepth('[[],[],[],{},{}]', 2)).toBe(false);
  });

  it('does not see brackets in strings, whatever is escaped there', () => {
    expect(exceedsDepth(String.raw`["[[[", "\"[[[", "\\", "\\\"[[["]`, 1)).toBe(false);
    expect(exceedsDepth(String.raw`["\\", [[]]]`, 2)).toBe(true);
  });

  it('ends with text that is not JSON', () => {
    expect(exceedsDepth('{"never closed', 1)).toBe(false);
    expect(exceedsDepth('"', 1)).toBe(false);
    expect(exceedsDepth(']]]]', 1)).toBe(false);
  });
});
