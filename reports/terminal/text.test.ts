import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from './safe-text.ts';
import { displayWidth, hanging, oneLine, wrap } from './wrap.ts';

describe('safeText', () => {
  it('shows what a terminal would act on', () => {
    expect(safeText('a\u001B[2J\u0007\r\n\u009B1m\u202Eb\u200Bc\u2028\uDC00\u{E0041}')).toBe(
      String.raw`a\x1b[2J\x07\r\n\x9b1m\u202eb\u200bc\u2028\udc00\u{e0041}`,
    );
  });

  it('leaves letters of every script and emoji alone', () => {
    expect(safeText('Grüße 你好 😀')).toBe('Grüße 你好 😀');
  });

  it('counts what it leaves out, and cuts no pair in half', () => {
    expect(safeText('ab😀cd', 3)).toBe('ab… (4 more characters in the record)');
    expect(safeText('x'.repeat(5_000_000))).toMatch(/^x{1200}… \(4,998,800 more characters in the record\)$/);
  });
});

describe('wrap', () => {
  it('breaks at spaces, and inside words that are too long', () => {
    expect(wrap('one two three fourteen-letters', 9)).toEqual(['one two', 'three', 'fourteen-', 'letters']);
  });

  it('measures East Asian characters and emoji as two columns', () => {
    expect(displayWidth('你好e\u0301😀')).toBe(7);
    expect(wrap('你好你好你好', 8)).toEqual(['你好你好', '你好']);
  });

  it('loses nothing and stays within its width, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '你', '😀', '-', 'xyz') }),
        fc.integer({ min: 8, max: 30 }),
        (text, width) => {
          const lines = wrap(text, width);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('hangs the following lines under the first', () => {
    expect(hanging('found  ', 'nothing at all here', 17)).toEqual(['found  nothing at', '       all here']);
  });
});

describe('oneLine', () => {
  it('shows with an ellipsis that there is more', () => {
    expect(oneLine('nothing after message_delta', 12)).toBe('nothing aft…');
    expect(oneLine('nothing', 12)).toBe('nothing');
  });
});
