/** What was asked and what was answered: the newest entries, bounded in number and size. */
import type { Clock, Endpoint, EndpointRequest, Reply } from '../../endpoint/index.ts';
import { Arena } from './arena.ts';
import type { Forgetful, Ledger } from './ledger.ts';
import { OpenEntry } from './open-entry.ts';
import { recorded } from './recorder.ts';

export class Journal implements Forgetful {
  readonly entries: OpenEntry[] = [];
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #arena = new Arena();

  constructor(limit: number, clock: Clock, ledger: Ledger) {
    this.#limit = limit;
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** Lets the endpoint answer, and writes it down. */
  async handle(endpoint: Endpoint, request: EndpointRequest): Promise<Reply> {
    const entry = this.#open(request);
    const { signal } = request;
    /** The client did not wait for the head of an answer. */
    const leave = (): void => {
      entry.outcome = 'aborted';
      entry.abortedAfter = { frames: 0, events: 0 };
      entry.pack(this.#arena);
    };
    signal?.addEventListener('abort', leave);
    const reply = await endpoint.handle({ ...request, trace: entry });
    signal?.removeEventListener('abort', leave);
    return entry.outcome === 'aborted' ? reply : recorded(reply, entry, this.#clock, () => entry.pack(this.#arena));
  }

  get oldest(): number | undefined {
    return this.entries[0]?.number;
  }

  dropOldest(): void {
    this.entries.shift()?.drop();
    if (this.entries.length === 0) this.#ledger.leave(this);
  }

  clear(): void {
    for (const entry of this.entries) entry.drop();
    this.entries.length = 0;
    this.#ledger.leave(this);
  }

  #open(request: EndpointRequest): OpenEntry {
    const number = this.#ledger.enter(this);
    const entry = new OpenEntry(request, this.#clock.now(), number, (characters) => this.#ledger.add(characters));
    this.entries.push(entry);
    if (this.entries.length > this.#limit) this.dropOldest();
    return entry;
  }
}
