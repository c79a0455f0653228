/** Bytes that arrive in parts: copied once into a buffer that doubles, so that tiny parts keep no large ones alive. */

export class GrowingBuffer {
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length, 1024));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = needed;
  }

  /** Forgets that many bytes at the beginning; the room they took is used again. */
  dropFirst(count: number): void {
    this.#buffer.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  /** Gives its memory back; whoever was handed `bytes` keeps them. */
  clear(): void {
    this.#buffer = Buffer.alloc(0);
    this.#length = 0;
  }

  /** What has come so far, without copying. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}
