import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedaction, credentialsIn } from './redaction.ts';

const inText = (secrets: readonly string[], text: string): string => createRedaction(secrets).inText(text);

describe('A secret', () => {
  test('becomes as many stars as it has bytes', () => {
    expect(inText(['sk-12345'], 'key sk-12345!')).toBe('key ********!');
    expect(inText(['schlüssel-1'], 'schlüssel-1')).toBe('************');
  });

  test('is found in the form that JSON and URLs give it', () => {
    expect(inText(['a"b\\c/d=e'], JSON.stringify({ key: 'a"b\\c/d=e' }))).toBe('{"key":"***********"}');
    expect(inText(['a"b\\c/d=e'], `?key=${encodeURIComponent('a"b\\c/d=e')}`)).toBe('?key=*****************');
  });

  test('that overlaps another, or itself, leaves nothing of either', () => {
    expect(inText(['abcd-1', '-1xyz9'], 'abcd-1xyz9')).toBe('**********');
    expect(inText(['sk-1', 'sk-1-long'], 'sk-1-long')).toBe('*********');
    expect(inText(['aba-aba'], 'aba-aba-aba')).toBe('***********');
  });

  test('of which only the beginning arrived is replaced at the end of a cut body, and nowhere else', () => {
    const redaction = createRedaction(['sk-secret-key']);
    const cut = Buffer.from('sk-secret ... sk-secret-k');
    redaction.inBytes(cut, true);
    expect(cut.toString()).toBe('sk-secret ... ***********');
    const whole = Buffer.from('sk-secret-k');
    redaction.inBytes(whole, false);
    expect(whole.toString()).toBe('sk-secret-k');
  });

  test('never survives, wherever it stands, and everything else does', () => {
    const secret = fc.stringMatching(/^[a-z]{2}-[A-Za-z0-9"\\ü]{4,20}$/);
    fc.assert(
      fc.property(secret, fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }), (key, others) => {
        const text = others.join(key);
        const bytes = Buffer.from(text);
        createRedaction([key]).inBytes(bytes, false);
        expect(bytes.includes(Buffer.from(key))).toBe(false);
        expect(bytes.length).toBe(Buffer.byteLength(text));
        const changed = [...bytes.entries()].filter(([at, byte]) => byte !== Buffer.from(text)[at]);
        expect(changed.every(([, byte]) => byte === 0x2a)).toBe(true);
        expect(changed.length > 0).toBe(text.includes(key));
      }),
    );
  });
});

describe('What is too common to be a secret', () => {
  test.for(['text', 'EMPTY', 'ollama', '1234', 'abc', 'a-1'])('%s is left alone in bodies', (word) => {
    expect(inText([word], `{"type":"text","a":1234,"b":"EMPTY ollama abc a-1"}`)).toBe(
      `{"type":"text","a":1234,"b":"EMPTY ollama abc a-1"}`,
    );
  });

  test('is replaced in headers, where it is a word of its own', () => {
    expect(createRedaction(['text', 'k.1']).inHeaders([['x-echo', 'text k.1 context kx1 text-k.1']])).toEqual([
      ['x-echo', '**** *** context kx1 text-k.1'],
    ]);
  });

  test('an empty secret is none', () => {
    expect(createRedaction(['']).inHeaders([['x', 'y z']])).toEqual([['x', 'y z']]);
  });
});

describe('Headers', () => {
  test('that carry a wrong key on purpose keep it', () => {
    expect(createRedaction([], ['sk-wrong']).inHeaders([['authorization', 'Bearer sk-wrong']])).toEqual([
      ['authorization', 'Bearer sk-wrong'],
    ]);
    expect(credentialsIn([['authorization', 'Bearer sk-wrong-0123456789']], ['sk-wrong-0123456789'])).toEqual([]);
  });

  test('that carry credentials lose them, and keep the scheme', () => {
    expect(
      createRedaction([]).inHeaders([
        ['Authorization', 'Bearer x'],
        ['X-API-Key', 'x'],
        ['proxy-authorization', ''],
        ['accept', '*/*'],
      ]),
    ).toEqual([
      ['Authorization', 'Bearer *'],
      ['X-API-Key', '*'],
      ['proxy-authorization', ''],
      ['accept', '*/*'],
    ]);
  });

  test('keep bytes that are not UTF-8', () => {
    expect(createRedaction(['sk-key']).inHeaders([['x', 'ÿ sk-key ÿ']])).toEqual([['x', 'ÿ ****** ÿ']]);
  });

  test('make secrets of long credentials that nobody named', () => {
    expect(
      credentialsIn([
        ['authorization', 'Bearer sk-0123456789abcdef'],
        ['x-api-key', 'short'],
        ['accept', 'application/json, text/event-stream'],
      ]),
    ).toEqual(['Bearer sk-0123456789abcdef', 'sk-0123456789abcdef']);
  });
});
