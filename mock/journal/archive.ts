/**
 * Complete entries as bytes, outside of the garbage collector's heap. As objects they would each outlive a few collections, and V8 answers
 * to that with a young generation of 64 MB and more. Chunks are used again when nothing in them is kept any longer.
 */
const chunkBytes = 1024 * 1024;

/** The first chunk; each is twice as large as the one before. A thousand scopes have a journal each, most of them of a few entries. */
const firstChunkBytes = 8 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A piece of memory with records in it: each so many numbers, then a text. */
export class Chunk {
  readonly numbers: Float64Array;
  readonly #bytes: Uint8Array;
  #used = 0;
  /** Records that are kept. */
  #kept = 0;

  constructor(bytes: number) {
    const buffer = new ArrayBuffer(bytes);
    this.numbers = new Float64Array(buffer);
    this.#bytes = new Uint8Array(buffer);
  }

  get isUnused(): boolean {
    return this.#kept === 0;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#used + bytes <= this.#bytes.length;
  }

  /** Its index in `numbers`. The first number of a record is for this class to write: the length of the text in bytes. */
  add(numbers: readonly number[], text: string): number {
    const begin = this.#used / 8;
    for (let i = 0; i < numbers.length; i += 1) this.numbers[begin + 1 + i] = numbers[i] ?? 0;
    const textBegin = this.#used + 8 * (1 + numbers.length);
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(textBegin));
    this.numbers[begin] = written;
    this.#used = 8 * Math.ceil((textBegin + written) / 8);
    this.#kept += 1;
    return begin;
  }

  /** The text of the record at this index, which has so many numbers. */
  readText(begin: number, numbers: number): string {
    const textBegin = 8 * (begin + 1 + numbers);
    return decoder.decode(this.#bytes.subarray(textBegin, textBegin + (this.numbers[begin] ?? 0)));
  }

  /** A record is kept no longer. */
  release(): void {
    this.#kept -= 1;
  }

  clear(): void {
    this.#used = 0;
  }
}

export class Archive {
  #current = new Chunk(0);
  /** One that may be used again. */
  #spare: Chunk | undefined;
  /** Of the newest chunk. */
  #size = firstChunkBytes / 2;

  /** A chunk with room for a record. */
  chunkFor(numbers: number, text: string): Chunk {
    // A character takes three bytes at most.
    const most = 8 * (2 + numbers) + 3 * text.length;
    if (most > chunkBytes / 4) return new Chunk(8 * Math.ceil((8 * (1 + numbers) + encoder.encode(text).length) / 8));
    if (!this.#current.hasRoomFor(most)) {
      this.#current = this.#spare?.hasRoomFor(most) === true ? this.#spare : this.#larger(most);
      this.#spare = undefined;
    }
    return this.#current;
  }

  #larger(most: number): Chunk {
    do this.#size = Math.min(this.#size * 2, chunkBytes);
    while (this.#size < most);
    return new Chunk(this.#size);
  }

  /** A record of the chunk is kept no longer. */
  release(chunk: Chunk): void {
    chunk.release();
    if (!chunk.isUnused) return;
    if (chunk === this.#current) chunk.clear();
    else if (chunk.numbers.byteLength === this.#size) {
      chunk.clear();
      this.#spare = chunk;
    }
  }
}
