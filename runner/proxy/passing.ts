/** What is noted of an exchange while it passes, and the exchange that it makes. */
import type { Chunk, Connection, Ending, Exchange, RawHeader } from '../../spec/index.ts';
import { BodyKeeper } from '../wire/body-keeper.ts';
import type { Clock } from '../wire/clock.ts';
import type { Vault } from './vault.ts';

/** Later ones are counted to the last: a stream of a day must not fill the memory with times. */
const mostChunks = 50_000;

export interface PassingRequest {
  readonly id: string;
  readonly method: string;
  /** At the server. */
  readonly url: string;
  readonly headers: readonly RawHeader[];
  readonly inFlight: number;
}

export class Passing {
  readonly #clock: Clock;
  readonly #vault: Vault;
  readonly #request: PassingRequest;
  readonly #sentBody: BodyKeeper;
  #sentAt: number | undefined;
  #readAt: number | undefined;
  #headersAt: number | undefined;
  #firstByteAt: number | undefined;
  #connection: Connection = { id: 0, reused: false };
  #head: { readonly status: number; readonly statusText: string; readonly headers: readonly RawHeader[] } | undefined;
  #body: BodyKeeper | undefined;
  readonly #chunks: Chunk[] = [];

  constructor(request: PassingRequest, vault: Vault, clock: Clock) {
    this.#request = request;
    this.#vault = vault;
    this.#clock = clock;
    this.#sentBody = new BodyKeeper(vault.redaction());
  }

  /** Bytes of the answer's body so far. */
  get received(): number {
    return this.#body?.length ?? 0;
  }

  get hasHead(): boolean {
    return this.#head !== undefined;
  }

  /** The request is about to be written. */
  sent(connection: Connection): void {
    this.#connection = connection;
    this.#sentAt = this.#clock();
  }

  sentData(piece: Uint8Array): void {
    this.#sentBody.push(piece);
  }

  /** The socket was read: all that comes of it now arrived at this time. */
  read(): void {
    this.#readAt = this.#clock();
    this.#headersAt ??= this.#readAt;
  }

  /** What was read was an interim response: the answer itself is yet to come. */
  interim(): void {
    this.#headersAt = undefined;
  }

  head(status: number, statusText: string, headers: readonly RawHeader[]): void {
    this.#vault.learnCookies(headers);
    // Where it came in one read with an interim response.
    this.#headersAt ??= this.#readAt;
    this.#head = { status, statusText, headers };
    this.#body = new BodyKeeper(this.#vault.redaction());
  }

  data(piece: Uint8Array): void {
    const at = this.#readAt ?? this.#clock();
    this.#firstByteAt ??= at;
    if (this.#chunks.at(-1)?.at !== at && this.#chunks.length < mostChunks) this.#chunks.push({ offset: this.received, at });
    this.#body?.push(piece);
  }

  /** The record of it. Call once. */
  exchange(ended: Ending, problem: string | undefined): Exchange {
    const end = ended === 'complete' ? Math.max(this.#readAt ?? 0, this.#firstByteAt ?? 0, this.#sentAt ?? 0) : this.#clock();
    const { id, method, url, headers, inFlight } = this.#request;
    const redaction = this.#vault.redaction();
    return {
      id,
      request: {
        method,
        url: redaction.inText(url),
        headers: redaction.inHeaders(headers),
        ...(this.#sentBody.length > 0 && { body: this.#sentBody.end(false) }),
      },
      ...(this.#head &&
        this.#body && {
          response: {
            status: this.#head.status,
            statusText: redaction.inText(this.#head.statusText),
            headers: redaction.inHeaders(this.#head.headers),
            body: this.#body.end(ended !== 'complete'),
            chunks: this.#chunks,
          },
        }),
      timing: {
        sent: this.#sentAt ?? end,
        ...(this.#head && this.#headersAt !== undefined && { headers: this.#headersAt }),
        ...(this.#firstByteAt !== undefined && { firstByte: this.#firstByteAt }),
        end,
      },
      connection: this.#connection,
      inFlight,
      ended,
      ...(problem !== undefined && { problem }),
    };
  }
}
