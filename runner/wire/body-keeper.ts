/**
 * A body while it arrives, as far as it will be recorded: whole, or of a long one its two ends, its length and its hash. Secrets end here, so a
 * long body never has to be held to be searched: each piece is searched with as much beside it as the longest secret needs.
 */
import { createHash, type Hash } from 'node:crypto';
import type { Body } from '../../spec/record/index.ts';
import { bodyOf, keptAtEachEnd, longestWhole } from './body.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import type { Redaction } from './redaction.ts';

/** What was let go of a body that is too long: already without secrets. */
interface LetGo {
  readonly hash: Hash;
  readonly head: Buffer;
  tail: Buffer;
}

export class BodyKeeper {
  readonly #redaction: Redaction;
  /** As it arrived: what was not let go, and before it what secrets that begin there may reach from. */
  readonly #held = new GrowingBuffer();
  /** Bytes at the beginning of `held` that were let go already. */
  #settled = 0;
  #letGo: LetGo | undefined;
  #length = 0;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length;
    this.#held.push(chunk);
    if (this.#held.length > longestWhole + 2 * this.#redaction.reach) this.#settle(this.#redaction.reach, false);
  }

  /** Ends it. @returns the record's form of it. With `isCut`, a secret of which only the beginning arrived at the very end is replaced, too. */
  end(isCut: boolean): Body {
    if (this.#letGo === undefined) {
      const bytes = this.#held.bytes();
      this.#redaction.inBytes(bytes, isCut);
      this.#held.clear();
      return bodyOf(bytes);
    }
    this.#settle(0, isCut);
    this.#held.clear();
    const { hash, head, tail } = this.#letGo;
    return { kind: 'cut', head: head.toString(), tail: tail.toString(), bytes: this.#length, sha256: hash.digest('hex') };
  }

  /** Lets go of everything but the last `kept` bytes, in which a secret may have begun. */
  #settle(kept: number, isCut: boolean): void {
    const { reach } = this.#redaction;
    // A copy where there is something to replace: the bytes that stay must stay as they arrived.
    const held = this.#held.bytes();
    const clean = reach === 0 ? held : Buffer.from(held);
    this.#redaction.inBytes(clean, isCut);
    const end = clean.length - kept;
    const part = clean.subarray(this.#settled, end);
    this.#letGo ??= { hash: createHash('sha256'), head: Buffer.from(part.subarray(0, keptAtEachEnd)), tail: Buffer.alloc(0) };
    this.#letGo.hash.update(part);
    this.#letGo.tail = Buffer.concat([this.#letGo.tail, part.subarray(-keptAtEachEnd)]).subarray(-keptAtEachEnd);
    const stays = Math.min(end, reach);
    this.#held.dropFirst(end - stays);
    this.#settled = stays;
  }
}

/** The record's form of a body that is there, which stays as it is. */
export function keptWhole(bytes: Uint8Array, redaction: Redaction): Body {
  const keeper = new BodyKeeper(redaction);
  // In parts, so that of a long one there is no second copy.
  for (let at = 0; at < bytes.length; at += keptAtEachEnd) keeper.push(bytes.subarray(at, at + keptAtEachEnd));
  return keeper.end(false);
}
