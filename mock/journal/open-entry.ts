/** An entry while it is written. */
import type { EndpointRequest, RequestTrace } from '../../endpoint/index.ts';
import { withoutSecretFields, withoutSecretQuery } from '../secret-names.ts';
import { entryData, parsedBody, type JournalEntry, type JournalOutcome, type SentFrame } from './entry.ts';
import type { Ledger } from './ledger.ts';
import { redactedHeaders } from './redact.ts';
import { Sent } from './sent.ts';

/** What an entry costs besides its texts, in characters; so that many small ones are bounded, too. */
const costOfEntry = 500;

/** Characters that are kept of one request. */
const mostReceived = 1024 * 1024;

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
  readonly headersJson: string;
  readonly sent: Sent = new Sent();
  /** The later the request came, the higher; over all journals. */
  readonly number: number;
  /** Which entry of its journal it is. */
  readonly index: number;
  /** Characters that it holds, and what it costs besides. */
  size = 0;
  #rawBody: string | undefined;
  #isDropped = false;
  readonly #ledger: Ledger;

  constructor({ method, url, headers }: EndpointRequest, at: number, number: number, index: number, ledger: Ledger) {
    this.at = at;
    this.number = number;
    this.index = index;
    this.#ledger = ledger;
    this.method = method;
    this.url = withoutSecretQuery(url);
    this.headersJson = JSON.stringify(redactedHeaders(headers));
    this.#grow(costOfEntry + this.url.length + this.headersJson.length);
  }

  get headers(): Readonly<Record<string, string>> {
    return JSON.parse(this.headersJson);
  }

  get rawBody(): string | undefined {
    return this.#rawBody;
  }

  /** A very long one is cut, and no JSON any more. */
  set rawBody(text: string | undefined) {
    if (this.#isDropped) return;
    const isLong = text !== undefined && text.length > mostReceived;
    const rawBody = text && withoutSecretFields(isLong ? `${text.slice(0, mostReceived).toWellFormed()}...` : text);
    const more = (rawBody?.length ?? 0) - (this.#rawBody?.length ?? 0);
    this.#rawBody = rawBody;
    this.#grow(more);
  }

  get body(): unknown {
    return parsedBody(this.#rawBody);
  }

  get frames(): readonly SentFrame[] {
    return this.sent.list();
  }

  send(text: string, at: number): void {
    this.#grow(this.sent.add(text, at));
  }

  /** Forgets the last frame where it was to be sent only later than this. */
  takeBackAfter(at: number): void {
    this.#grow(-this.sent.takeBackAfter(at));
  }

  /** The journal keeps it no longer; what is still written is written for nobody. */
  drop(): void {
    this.#isDropped = true;
    if (this.outcome !== 'in-progress') return;
    this.#rawBody = undefined;
    this.sent.drop();
  }

  toJSON(): JournalEntry {
    return entryData(this);
  }

  #grow(characters: number): void {
    if (this.#isDropped || characters === 0) return;
    this.size += characters;
    this.#ledger.add(characters);
  }
}
