/**
 * A passing body as the record keeps it, in bounded memory: whole up to 1 MiB, of a longer one both ends, length and hash. Redacted before it is
 * hashed or cut, also where a secret arrives in pieces.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Body } from '../../spec/index.ts';
import { bodyOf, keptAtEachEnd, longestWhole } from '../wire/body.ts';
import { GrowingBuffer } from '../wire/growing-buffer.ts';
import type { Redaction } from '../wire/redaction.ts';

interface Cut {
  readonly head: string;
  readonly hash: Hash;
}

export class KeptBody {
  readonly #redaction: Redaction;
  #buffer = new GrowingBuffer();
  #cut: Cut | undefined;
  #length = 0;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /** Bytes that passed. */
  get length(): number {
    return this.#length;
  }

  /** Copies the piece: whoever brought it may go on using it. */
  push(piece: Uint8Array): void {
    this.#length += piece.length;
    this.#buffer.push(piece);
    const most = this.#cut === undefined ? longestWhole : 2 * keptAtEachEnd;
    if (this.#buffer.length > most) this.#shorten();
  }

  /** @param isWhole whether the body came to its end: one that did not may end in half a secret. */
  body(isWhole: boolean): Body {
    const rest = this.#buffer.bytes();
    this.#redaction.inBytes(rest, !isWhole);
    if (this.#cut === undefined) return bodyOf(rest);
    const { head, hash } = this.#cut;
    hash.update(rest);
    return { kind: 'cut', head, tail: rest.toString('utf8', rest.length - keptAtEachEnd), bytes: this.#length, sha256: hash.digest('hex') };
  }

  /** Lets go of all but the end, of which no secret can be cut that is shorter than what is kept. */
  #shorten(): void {
    const bytes = this.#buffer.bytes();
    this.#redaction.inBytes(bytes, false);
    this.#cut ??= { head: bytes.toString('utf8', 0, keptAtEachEnd), hash: createHash('sha256') };
    const split = bytes.length - keptAtEachEnd;
    this.#cut.hash.update(bytes.subarray(0, split));
    const rest = new GrowingBuffer();
    rest.push(bytes.subarray(split));
    this.#buffer = rest;
  }
}
