/** What was asked and what was answered: the newest entries, bounded in number and size. */
import type { Clock, Endpoint, EndpointRequest, Reply } from '../../endpoint/index.ts';
import { Archive } from './archive.ts';
import type { JournalEntry } from './entry.ts';
import type { Forgetful, Ledger } from './ledger.ts';
import { OpenEntry } from './open-entry.ts';
import { recorded } from './recorder.ts';
import { Shelf } from './shelf.ts';

export class Journal implements Forgetful {
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #shelf = new Shelf(new Archive());
  /** The list that somebody was given: from then on it is kept as it is, and what is in it. */
  #shown: JournalEntry[] | undefined;

  constructor(limit: number, clock: Clock, ledger: Ledger) {
    this.#limit = limit;
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** One list for the life of the journal, which changes with it. */
  get entries(): readonly JournalEntry[] {
    this.#shown ??= this.#shelf.unpackAll();
    return this.#shown;
  }

  /** Lets the endpoint answer, and writes it down. */
  async handle(endpoint: Endpoint, request: EndpointRequest): Promise<Reply> {
    const entry = this.#open(request);
    const { signal } = request;
    /** The client did not wait for the head of an answer. */
    const leave = (): void => {
      entry.outcome = 'aborted';
      entry.abortedAfter = { frames: 0, events: 0 };
    };
    const done = (): void => this.#close(entry);
    signal?.addEventListener('abort', leave);
    const reply = await endpoint.handle({ ...request, trace: entry });
    signal?.removeEventListener('abort', leave);
    if (entry.outcome !== 'aborted') return recorded(reply, entry, this.#clock, done);
    done();
    return reply;
  }

  get oldest(): number | undefined {
    return this.#shelf.oldest;
  }

  dropOldest(): void {
    this.#ledger.add(-this.#shelf.dropOldest());
    this.#shown?.shift();
    if (this.#shelf.length === 0) this.#ledger.leave(this);
  }

  clear(): void {
    while (this.#shelf.length > 0) this.dropOldest();
  }

  #open(request: EndpointRequest): OpenEntry {
    const number = this.#ledger.enter(this);
    const entry = new OpenEntry(request, this.#clock.now(), number, this.#shelf.end, this.#ledger);
    this.#shelf.push(entry);
    this.#shown?.push(entry);
    if (this.#shelf.length > this.#limit) this.dropOldest();
    return entry;
  }

  #close(entry: OpenEntry): void {
    if (this.#shown === undefined) this.#shelf.pack(entry);
  }
}
