import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, bytesOf } from './body.ts';

test('A body is text where UTF-8 round-trips, else base64', () => {
  expect(bodyOf(Buffer.from('grün'))).toEqual({ kind: 'text', text: 'grün' });
  expect(bodyOf(Buffer.from([0xc3]))).toEqual({ kind: 'base64', base64: 'ww==', bytes: 1 });
  expect(bodyOf(new Uint8Array())).toEqual({ kind: 'text', text: '' });
});

test('A body of 1 MiB is kept whole, one byte more is cut', () => {
  expect(bodyOf(Buffer.alloc(1_048_576)).kind).toBe('text');
  const cut = bodyOf(Buffer.alloc(1_048_577, 'x'));
  expect(cut).toMatchObject({ kind: 'cut', bytes: 1_048_577 });
  expect(bytesOf(cut).length).toBe(65_536);
});

test('Any body comes back from the record as it was, a byte order mark included', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(`\uFEFF${text}`)),
      ),
      (bytes) => {
        expect(Buffer.from(bytesOf(bodyOf(bytes))).equals(bytes)).toBe(true);
      },
    ),
  );
});
