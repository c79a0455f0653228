/** An entry while it is written, and after: then its texts are packed away, and what is read of them is made when it is read. */
import type { EndpointRequest, RequestTrace } from '../../endpoint/index.ts';
import { readStored, type Arena } from './arena.ts';
import { withoutSecretFields, withoutSecretQuery } from '../secret-names.ts';
import type { JournalEntry, JournalOutcome, SentFrame } from './entry.ts';
import { redactedHeaders } from './redact.ts';
import { Sent } from './sent.ts';

/** What an entry costs besides its texts, in characters; so that many small ones are bounded, too. */
const costOfEntry = 500;

/** Characters that are kept of one request. */
const mostReceived = 1024 * 1024;

interface Texts {
  /** As JSON. */
  readonly headers: string;
  readonly rawBody: string | undefined;
  /** Absent while the frames are still written. */
  readonly frames?: string;
}

/** The endpoint, too, notes here what it finds. */
export class OpenEntry implements JournalEntry, RequestTrace {
  id = '';
  readonly at: number;
  readonly method: string;
  readonly url: string;
  endpoint: JournalEntry['endpoint'];
  matched: string | undefined;
  warning: string | undefined;
  status: number | undefined;
  outcome: JournalOutcome = 'in-progress';
  abortedAfter: JournalEntry['abortedAfter'];
  readonly sent: Sent;
  /** The later the request came, the higher. */
  readonly number: number;
  /** Characters that it holds, and what it costs besides. */
  #size = 0;
  #isDropped = false;
  readonly #grew: (characters: number) => void;
  /** Where the texts meet in `#packed`. */
  #headersEnd = 0;
  #bodyEnd: number | undefined;
  #open: Texts | undefined;
  #packed: Uint8Array | undefined;

  /** @param grew told how many more characters it holds, or fewer. */
  constructor({ method, url, headers }: EndpointRequest, at: number, number: number, grew: (characters: number) => void) {
    this.at = at;
    this.number = number;
    this.#grew = grew;
    this.sent = new Sent((characters) => this.#grow(characters));
    this.method = method;
    this.url = withoutSecretQuery(url);
    this.#open = { headers: JSON.stringify(redactedHeaders(headers)), rawBody: undefined };
    this.#grow(costOfEntry + this.url.length + this.#open.headers.length);
  }

  get headers(): Readonly<Record<string, string>> {
    return JSON.parse(this.#texts().headers);
  }

  get rawBody(): string | undefined {
    return this.#texts().rawBody;
  }

  /** A very long one is cut, and no JSON any more. */
  set rawBody(text: string | undefined) {
    if (this.#open === undefined || this.#isDropped) return;
    const isLong = text !== undefined && text.length > mostReceived;
    const rawBody = text && withoutSecretFields(isLong ? `${text.slice(0, mostReceived).toWellFormed()}...` : text);
    const more = (rawBody?.length ?? 0) - (this.#open.rawBody?.length ?? 0);
    this.#open = { ...this.#open, rawBody };
    this.#grow(more);
  }

  get body(): unknown {
    try {
      return JSON.parse(this.rawBody ?? '');
    } catch {
      return undefined;
    }
  }

  get frames(): readonly SentFrame[] {
    return this.sent.list(this.#texts().frames);
  }

  /** To be called when no more frames will come. */
  pack(arena: Arena): void {
    if (this.#open === undefined || this.#isDropped) return;
    const { headers, rawBody } = this.#open;
    const all = headers + (rawBody ?? '') + this.sent.take();
    this.#headersEnd = headers.length;
    if (rawBody !== undefined) this.#bodyEnd = headers.length + rawBody.length;
    this.#packed = arena.store(all);
    this.#open = undefined;
  }

  /** The journal keeps it no longer; what is still written is written for nobody. */
  drop(): void {
    if (this.#isDropped) return;
    this.#grow(-this.#size);
    this.#isDropped = true;
    if (this.#open === undefined) return;
    this.#open = { headers: this.#open.headers, rawBody: undefined };
    this.sent.drop();
  }

  #grow(characters: number): void {
    if (this.#isDropped) return;
    this.#size += characters;
    this.#grew(characters);
  }

  /** Everything, as plain data. */
  toJSON(): JournalEntry {
    const { id, at, method, url, headers, rawBody, body, endpoint, matched, warning, status, frames, outcome, abortedAfter } = this;
    return { id, at, method, url, headers, rawBody, body, endpoint, matched, warning, status, frames, outcome, abortedAfter };
  }

  #texts(): Texts {
    if (this.#packed === undefined) return this.#open ?? { headers: '{}', rawBody: undefined };
    const all = readStored(this.#packed);
    const bodyEnd = this.#bodyEnd ?? this.#headersEnd;
    return {
      headers: all.slice(0, this.#headersEnd),
      rawBody: this.#bodyEnd === undefined ? undefined : all.slice(this.#headersEnd, bodyEnd),
      frames: all.slice(bodyEnd),
    };
  }
}
