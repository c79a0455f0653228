import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOf, keptAtEachEnd, longestWhole } from './body.ts';
import { BodyKeeper } from './body-keeper.ts';
import { createRedaction } from './redaction.ts';

const secret = 'sk-canary-0123456789-ABCDEF';
const other = 'ABCDEF-and-a-secret-that-overlaps';

/** The body as it was kept in one piece and searched then. */
function atOnce(bytes: Buffer, secrets: readonly string[], isCut: boolean): ReturnType<typeof bodyOf> {
  const copy = Buffer.from(bytes);
  createRedaction(secrets).inBytes(copy, isCut);
  return bodyOf(copy);
}

function inPieces(bytes: Buffer, size: number, secrets: readonly string[], isCut: boolean): ReturnType<typeof bodyOf> {
  const keeper = new BodyKeeper(createRedaction(secrets));
  for (let at = 0; at < bytes.length; at += size) keeper.push(bytes.subarray(at, at + size));
  expect(keeper.length).toBe(bytes.length);
  return keeper.end(isCut);
}

/** Text in which every part tells its place, with secrets at these places. */
function text(length: number, secrets: readonly (readonly [at: number, secret: string])[]): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 8) bytes.write(at.toString(36).padStart(8, '.'), at);
  for (const [at, word] of secrets) bytes.write(word, at);
  return bytes;
}

describe('A body in pieces is recorded as if it were searched whole', () => {
  test('wherever the secrets stand, and however it is cut', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: -200, max: 200 }), fc.constantFrom(0, 1, 2, 3)), { maxLength: 6 });
    const sizes = fc.constantFrom(longestWhole, 65_536, 262_143, 1_000_003, 3 * longestWhole);
    fc.assert(
      fc.property(places, sizes, fc.boolean(), (found, size, isCut) => {
        const secrets = found.map(([near, mebibytes]) => [Math.max(0, mebibytes * longestWhole + near), secret] as const);
        // Two that overlap, so that the second begins within the first.
        const overlapping = secrets.map(([at]) => [at + secret.length - 'ABCDEF'.length, other] as const);
        const bytes = text(3 * longestWhole + 400, [...secrets, ...overlapping]);
        expect(inPieces(bytes, size, [secret, other], isCut)).toEqual(atOnce(bytes, [secret, other], isCut));
      }),
      { numRuns: 20 },
    );
  });

  test('with a secret at each place where bytes are let go', () => {
    const size = 4096;
    // The first piece with which there is more than is kept whole.
    const boundary = longestWhole + size;
    for (let near = -2 * secret.length; near <= secret.length; near += 1) {
      const bytes = text(longestWhole + 10 * size, [[boundary + near, secret]]);
      expect(inPieces(bytes, size, [secret], false)).toEqual(atOnce(bytes, [secret], false));
    }
  });

  test.each([0, 1, longestWhole - 1, longestWhole, longestWhole + 1, longestWhole + 60, longestWhole + keptAtEachEnd, 4 * longestWhole])(
    'of %i bytes',
    (length) => {
      const bytes = text(length, []);
      for (const secrets of [[], [secret]]) expect(inPieces(bytes, 65_537, secrets, true)).toEqual(atOnce(bytes, secrets, true));
    },
  );

  test('with half a secret at its very end', () => {
    const bytes = text(2 * longestWhole + 5, [[2 * longestWhole - 5, secret]]);
    const body = inPieces(bytes, 65_536, [secret], true);
    expect(body).toEqual(atOnce(bytes, [secret], true));
    expect(body.kind === 'cut' && body.tail.endsWith('*'.repeat(10))).toBe(true);
  });
});

test('The hash of a long body without secrets is that of its bytes', () => {
  const bytes = text(5 * longestWhole, []);
  expect(inPieces(bytes, 65_536, [], false)).toMatchObject({ sha256: createHash('sha256').update(bytes).digest('hex') });
});
