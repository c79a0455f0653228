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
  const bytes = new Uint8Array(length * 2);
  let id = '';
  while (id.length < length) {
    fill(bytes);
    for (const byte of bytes) {
      // 248 is the largest multiple of 62 in a byte: taking the rest would favour the first eight letters.
      if (byte < 248 && id.length < length) id += alphabet.charAt(byte % 62);
    }
  }
  return id;
}
