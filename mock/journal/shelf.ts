/** The entries of a journal in the order in which the requests came: complete ones in the archive, open ones as they are. */
import { Chunk, type Archive } from './archive.ts';
import { OpenEntry } from './open-entry.ts';
import { readRecord, recordNumber, recordSize, writeRecord } from './record.ts';
import type { StoredEntry } from './stored-entry.ts';

/** A ring, in which adding and dropping leave nothing behind for the garbage collector. */
export class Shelf {
  readonly #archive: Archive;
  #entries: (OpenEntry | StoredEntry | Chunk | undefined)[] = emptyPlaces(16);
  /** Where in its chunk an entry is. */
  #begins = new Float64Array(16);
  /** Indices count from the first entry that ever was. */
  #start = 0;
  #end = 0;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** The index of the next entry. */
  get end(): number {
    return this.#end;
  }

  /** The number of the oldest entry. */
  get oldest(): number | undefined {
    if (this.length === 0) return undefined;
    const place = this.#place(this.#start);
    const entry = this.#entries[place];
    return entry instanceof Chunk ? recordNumber(entry, this.#begins[place] ?? 0) : entry?.number;
  }

  push(entry: OpenEntry): void {
    if (this.length === this.#entries.length) this.#widen();
    this.#entries[this.#place(this.#end)] = entry;
    this.#end += 1;
  }

  /** Nothing more will happen to it. */
  pack(entry: OpenEntry): void {
    const place = this.#place(entry.index);
    // It may have been dropped meanwhile. One that its client may still give up changes once more.
    if (this.#entries[place] !== entry || entry.outcome === 'stalled') return;
    const [chunk, begin] = writeRecord(this.#archive, entry);
    this.#entries[place] = chunk;
    this.#begins[place] = begin;
  }

  /** All entries as objects, which they are from now on. */
  unpackAll(): (OpenEntry | StoredEntry)[] {
    const all: (OpenEntry | StoredEntry)[] = [];
    for (let index = this.#start; index < this.#end; index += 1) {
      const place = this.#place(index);
      const kept = this.#entries[place];
      if (kept === undefined) continue;
      const entry = kept instanceof Chunk ? readRecord(kept, this.#begins[place] ?? 0) : kept;
      if (kept instanceof Chunk) this.#archive.release(kept);
      this.#entries[place] = entry;
      all.push(entry);
    }
    return all;
  }

  /** The size of what was dropped. */
  dropOldest(): number {
    const place = this.#place(this.#start);
    const entry = this.#entries[place];
    this.#entries[place] = undefined;
    this.#start += 1;
    if (entry === undefined) return 0;
    if (!(entry instanceof Chunk)) {
      const { size } = entry;
      if (entry instanceof OpenEntry) entry.drop();
      return size;
    }
    const size = recordSize(entry, this.#begins[place] ?? 0);
    this.#archive.release(entry);
    return size;
  }

  #place(index: number): number {
    return index % this.#entries.length;
  }

  #widen(): void {
    const [entries, begins, size] = [this.#entries, this.#begins, this.#entries.length];
    this.#entries = emptyPlaces(size * 2);
    this.#begins = new Float64Array(size * 2);
    for (let index = this.#start; index < this.#end; index += 1) {
      this.#entries[index % (size * 2)] = entries[index % size];
      this.#begins[index % (size * 2)] = begins[index % size] ?? 0;
    }
  }
}

function emptyPlaces(count: number): undefined[] {
  return Array.from({ length: count }, () => undefined);
}
