/** The exchanges that a proxy keeps, in bounded memory. What failed stays longest: it is what the record is read for. */
import type { Body, Exchange } from '../../spec/index.ts';

export interface ShelfOptions {
  /** Default 1,000. */
  readonly mostExchanges?: number;
  /** Of bodies, characters. Default 128 Mi: the record is written as one string, which V8 allows half a Gi. */
  readonly mostBytes?: number;
}

export class Shelf {
  readonly #most: number;
  readonly #mostBytes: number;
  readonly #kept = new Map<string, { readonly exchange: Exchange; readonly size: number; telling: boolean }>();
  #bytes = 0;
  #dropped = 0;

  constructor({ mostExchanges = 1000, mostBytes = 128 * 1024 * 1024 }: ShelfOptions = {}) {
    this.#most = mostExchanges;
    this.#mostBytes = mostBytes;
  }

  /** In the order in which they were sent. */
  get exchanges(): readonly Exchange[] {
    return [...this.#kept.values()].map(({ exchange }) => exchange).toSorted((a, b) => a.timing.sent - b.timing.sent);
  }

  /** How many had to go. */
  get dropped(): number {
    return this.#dropped;
  }

  put(exchange: Exchange): void {
    const size = sizeOf(exchange.request.body) + sizeOf(exchange.response?.body) + 24 * (exchange.response?.chunks.length ?? 0);
    this.#kept.set(exchange.id, { exchange, size, telling: false });
    this.#bytes += size;
    while (this.#kept.size > this.#most || (this.#bytes > this.#mostBytes && this.#kept.size > 1)) this.#dropOne();
  }

  /** Says that something is wrong with one. */
  mark(id: string): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined) kept.telling = true;
  }

  /** The oldest with which nothing is wrong; else the oldest. */
  #dropOne(): void {
    const [oldest] = this.#kept.keys();
    const id = [...this.#kept].find(([, { telling }]) => !telling)?.[0] ?? oldest;
    if (id === undefined) return;
    this.#bytes -= this.#kept.get(id)?.size ?? 0;
    this.#kept.delete(id);
    this.#dropped += 1;
  }
}

function sizeOf(body: Body | undefined): number {
  if (body === undefined) return 0;
  if (body.kind === 'text') return body.text.length;
  return body.kind === 'base64' ? body.base64.length : body.head.length + body.tail.length;
}
