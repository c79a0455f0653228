import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteWithVariable, shellQuote } from './shell-quote.ts';

describe('shellQuote', () => {
  it('leaves plain words alone', () => {
    expect(shellQuote('http://127.0.0.1:8000/v1/messages')).toBe('http://127.0.0.1:8000/v1/messages');
  });

  it('quotes an empty text, spaces, quotes and variables', () => {
    expect(shellQuote('')).toBe("''");
    expect(shellQuote('a b')).toBe("'a b'");
    expect(shellQuote("it's $HOME")).toBe(String.raw`'it'\''s $HOME'`);
  });

  it('shows line breaks, control characters and direction overrides as escapes', () => {
    expect(shellQuote("a\nb'\t\u001B[31m\u202E")).toBe(String.raw`$'a\nb\'\t\x1b[31m\xe2\x80\xae'`);
  });

  it('refuses what no argument can hold', () => {
    expect(() => shellQuote('a\0b')).toThrow(RangeError);
  });

  it('is read back by bash exactly as it was', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\0', '').toWellFormed());
    const values = fc.sample(fc.oneof(text, fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', '\n', '\u202E', 'é') })), 400);
    const script = `printf '%s\\0' ${values.map((value) => shellQuote(value)).join(' ')}`;
    const read = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(read.split('\0').slice(0, -1)).toEqual(values);
  });
});

describe('quoteWithVariable', () => {
  it('puts a variable into double quotes where the text around it is harmless', () => {
    expect(quoteWithVariable('x-api-key: ', 'KEY')).toBe('"x-api-key: $KEY"');
    expect(quoteWithVariable('a', 'KEY', 'b')).toBe('"a${KEY}b"');
  });

  it('quotes the text around it on its own where it is not', () => {
    expect(quoteWithVariable('x: `id`', 'KEY', '!')).toBe(`'x: \`id\`'"$KEY"'!'`);
  });
});
