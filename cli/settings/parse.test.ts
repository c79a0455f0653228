import { describe, expect, it } from 'vitest';
import { parseChoice, parseCount, parseHeader, parseList, parseSeconds, parseSwitch } from './parse.ts';

describe('what people type', () => {
  it('may be one of some words', () => {
    expect(parseChoice('should', '--level', ['must', 'should'])).toBe('should');
    expect(() => parseChoice('shuld', '--level', ['must', 'should'])).toThrow(
      '--level takes must or should, not "shuld"; did you mean should?',
    );
    expect(() => parseChoice('x', 'CONFORMANCE_LEVEL', ['must', 'should'])).toThrow('CONFORMANCE_LEVEL takes must or should, not "x".');
  });

  it('may be a list', () => {
    expect(parseList('stream.*, tools.*,')).toEqual(['stream.*', 'tools.*']);
  });

  it.each(['0', '-1', '1.5', '1e3', '', ' 4', '99999999999999999999'])('is no count: "%s"', (text) => {
    expect(() => parseCount(text, '--concurrency')).toThrow(`--concurrency takes a whole number from 1 on, not "${text}".`);
  });

  it.each(['-1', 'ten', '1e9', '', 'Infinity', '3000000', '0'])('is no time: "%s"', (text) => {
    expect(() => parseSeconds(text, '--timeout')).toThrow(`--timeout takes seconds above 0, not "${text}".`);
  });

  it('may be a time, with a fraction, and 0 where that has a meaning', () => {
    expect(parseSeconds('0.5', '--timeout')).toBe(0.5);
    expect(parseSeconds('0', '--wait', { isZeroAllowed: true })).toBe(0);
  });

  it('may be a switch', () => {
    expect([parseSwitch('1', 'X'), parseSwitch('False', 'X')]).toEqual([true, false]);
    expect(() => parseSwitch('2', 'CONFORMANCE_INSECURE')).toThrow('CONFORMANCE_INSECURE takes 1 or 0, not "2".');
  });

  it('may be a header', () => {
    expect(parseHeader('X-Tenant: a:b ', '--header')).toEqual(['X-Tenant', 'a:b']);
    expect(parseHeader('X-Empty:', '--header')).toEqual(['X-Empty', '']);
    expect(() => parseHeader('secret', '--header')).toThrow(/^--header takes NAME:VALUE, as in "X-Tenant: a"\.$/);
    expect(() => parseHeader('X-A: secret\r\nX-B: c', '--header')).toThrow(
      /^--header: the value of X-A holds characters that a header cannot have\.$/,
    );
  });
});
