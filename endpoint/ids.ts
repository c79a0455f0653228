/** Identifiers with the official prefixes: `req_`, `msg_`, `toolu_` and 24 characters. Clients must treat them as opaque. */

export interface Ids {
  request(): string;
  message(): string;
  tool(): string;
}

/** Fills the array with bytes; `crypto.getRandomValues` or a seeded source. */
export type FillBytes = (bytes: Uint8Array<ArrayBuffer>) => unknown;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 24;

/** Used again for every id. */
const drawn = new Uint8Array(length * 2);
const codes: number[] = Array.from({ length }, () => 0);

/** Ids from a source of bytes, by default the platform's cryptographic one. */
export function createIds(fill: FillBytes = (bytes) => crypto.getRandomValues(bytes)): Ids {
  return {
    request: () => `req_${base62(fill)}`,
    message: () => `msg_${base62(fill)}`,
    tool: () => `toolu_${base62(fill)}`,
  };
}

/**
 * Ids that repeat from run to run, for tests and mocks: the same seed gives the same ids in the same order.
 * Mulberry32: small, and good enough where nobody guesses.
 */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0;
  return createIds((bytes) => {
    for (let i = 0; i < bytes.length; i += 1) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      bytes[i] = (mixed ^ (mixed >>> 14)) >>> 0;
    }
  });
}

function base62(fill: FillBytes): string {
  let found = 0;
  while (found < length) {
    fill(drawn);
    for (let i = 0; i < drawn.length && found < length; i += 1) {
      const byte = drawn[i] ?? 0;
      // 248 is the largest multiple of 62 in a byte: taking the rest would favour the first eight letters.
      if (byte >= 248) continue;
      codes[found] = alphabet.charCodeAt(byte % 62);
      found += 1;
    }
  }
  // At once: a text put together letter by letter is a chain of 24 objects.
  return String.fromCharCode(...codes);
}
