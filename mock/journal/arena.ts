/**
 * Texts that are kept for long and read seldom, outside of the garbage collector's young generation: thousands of them living on there
 * would make it grow to more than 100 MB.
 */
const chunkBytes = 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class Arena {
  #chunk: Uint8Array = new Uint8Array(0);
  #used = 0;

  /** The text as bytes; what is kept of it keeps its chunk, of which it is a small part. */
  store(text: string): Uint8Array {
    // A character takes three bytes at most.
    const most = text.length * 3;
    if (most > chunkBytes / 16) return encoder.encode(text);
    if (this.#used + most > this.#chunk.length) {
      this.#chunk = new Uint8Array(chunkBytes);
      this.#used = 0;
    }
    const begin = this.#used;
    this.#used += encoder.encodeInto(text, this.#chunk.subarray(begin)).written;
    return this.#chunk.subarray(begin, this.#used);
  }
}

export function readStored(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
