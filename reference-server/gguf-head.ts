/**
 * Walks the head of a GGUF file before the library reads it. The library takes bytes beyond the end for zeros and believes every count, so
 * a damaged number keeps it busy for hours, or takes all memory. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { readSync } from 'node:fs';

/** Why a head cannot be read. */
export type HeadFault = 'cut' | 'damaged' | 'version';

/** Bytes of a value of each type, by number; strings and arrays are counted by their own lengths. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const stringType = 8;
const arrayType = 9;

/** Far beyond any model: the largest vocabularies have some 300,000 tokens, the largest models some 100,000 tensors. */
const mostValues = 16_000_000;
const mostKeys = 100_000;
const mostTensors = 1_000_000;
const mostDimensions = 4;
const longestName = 65_535;
const deepest = 4;
const windowBytes = 1024 * 1024;

/** What is wrong with the head of the open file, which has so many bytes; undefined where it can be read. */
export function headFault(descriptor: number, length: number): HeadFault | undefined {
  try {
    walk(new Head(descriptor, length));
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

class Fault extends Error {
  readonly fault: HeadFault;

  constructor(fault: HeadFault) {
    super(fault);
    this.fault = fault;
  }
}

function walk(head: Head): void {
  head.skip(4);
  const version = head.uint32();
  // Version 1 had shorter counts; a number like 50331648 is a file for machines of the other byte order.
  if (version < 2 || version > 1000) throw new Fault('version');
  const tensors = head.count(mostTensors);
  const keys = head.count(mostKeys);
  for (let key = 0; key < keys; key += 1) {
    head.skip(head.count(longestName));
    value(head, head.uint32(), 0);
  }
  for (let tensor = 0; tensor < tensors; tensor += 1) {
    head.skip(head.count(longestName));
    const dimensions = head.uint32();
    if (dimensions > mostDimensions) throw new Fault('damaged');
    head.skip(dimensions * 8 + 4 + 8);
  }
}

function value(head: Head, type: number, depth: number): void {
  const size = sizes[type];
  if (size !== undefined) head.skip(size);
  else if (type === stringType) head.skip(head.count(Number.MAX_SAFE_INTEGER));
  else if (type === arrayType && depth < deepest) values(head, depth + 1);
  else throw new Fault('damaged');
}

function values(head: Head, depth: number): void {
  const type = head.uint32();
  const count = head.count(mostValues);
  const size = sizes[type];
  if (size !== undefined) head.skip(count * size);
  else for (let index = 0; index < count; index += 1) value(head, type, depth);
}

/** Reads forward through a window, and never beyond the end. */
class Head {
  readonly #descriptor: number;
  readonly #length: number;
  #offset = 0;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(descriptor: number, length: number) {
    this.#descriptor = descriptor;
    this.#length = length;
  }

  skip(bytes: number): void {
    if (this.#offset + bytes > this.#length) throw new Fault('cut');
    this.#offset += bytes;
  }

  uint32(): number {
    const at = this.#at(4);
    return this.#window.readUInt32LE(at);
  }

  /** A 64-bit count that is no larger than can be meant. */
  count(most: number): number {
    const at = this.#at(8);
    const count = this.#window.readBigUInt64LE(at);
    if (count > BigInt(most)) throw new Fault('damaged');
    return Number(count);
  }

  /** Where in the window the next bytes are, which are passed over. */
  #at(bytes: number): number {
    const start = this.#offset;
    this.skip(bytes);
    if (start < this.#windowStart || start + bytes > this.#windowStart + this.#window.length) {
      const window = Buffer.alloc(Math.min(windowBytes, this.#length - start));
      this.#window = window.subarray(0, readSync(this.#descriptor, window, 0, window.length, start));
      this.#windowStart = start;
      if (this.#window.length < bytes) throw new Fault('cut');
    }
    return start - this.#windowStart;
  }
}
