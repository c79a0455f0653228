/** What was asked and what was answered: the newest entries, bounded in number and size. */
import type { Clock, Endpoint, EndpointRequest, Reply } from '../../endpoint/index.ts';
import { Arena } from './arena.ts';
import { OpenEntry } from './open-entry.ts';
import { recorded } from './recorder.ts';

/** Characters of all entries together. */
const mostCharacters = 16 * 1024 * 1024;

export class Journal {
  readonly entries: OpenEntry[] = [];
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #arena = new Arena();
  /** Characters of the entries that are finished. */
  #total = 0;

  constructor(limit: number, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Lets the endpoint answer, and writes it down. */
  async handle(endpoint: Endpoint, request: EndpointRequest): Promise<Reply> {
    const entry = new OpenEntry(request, this.#clock.now());
    this.entries.push(entry);
    if (this.entries.length > this.#limit) this.#dropOldest();
    const { signal } = request;
    /** The client did not wait for the head of an answer. */
    const leave = (): void => {
      entry.outcome = 'aborted';
      entry.abortedAfter = { frames: 0, events: 0 };
      this.#finish(entry);
    };
    signal?.addEventListener('abort', leave);
    const reply = await endpoint.handle({ ...request, trace: entry });
    signal?.removeEventListener('abort', leave);
    return entry.outcome === 'aborted' ? reply : recorded(reply, entry, this.#clock, () => this.#finish(entry));
  }

  clear(): void {
    this.entries.length = 0;
    this.#total = 0;
  }

  #finish(entry: OpenEntry): void {
    // It may have been dropped while it was sent.
    if (this.entries.lastIndexOf(entry) < 0) return;
    entry.pack(this.#arena);
    this.#total += entry.size;
    while (this.#total > mostCharacters && this.entries.length > 1) this.#dropOldest();
  }

  #dropOldest(): void {
    this.#total -= this.entries.shift()?.size ?? 0;
  }
}
