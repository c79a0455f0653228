/** An entry out of the archive, for somebody who reads the journal. */
import { entryData, parsedBody, type JournalEntry, type SentFrame } from './entry.ts';

/** Everything but what is read out of it when it is asked for. */
type Stored = Omit<JournalEntry, 'headers' | 'body'> & {
  readonly number: number;
  readonly size: number;
  readonly headersJson: string;
};

export class StoredEntry implements JournalEntry {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly endpoint: JournalEntry['endpoint'];
  readonly matched: string | undefined;
  readonly warning: string | undefined;
  readonly status: number | undefined;
  readonly outcome: JournalEntry['outcome'];
  readonly abortedAfter: JournalEntry['abortedAfter'];
  readonly rawBody: string | undefined;
  readonly frames: readonly SentFrame[];
  readonly number: number;
  readonly size: number;
  readonly #headersJson: string;

  constructor(stored: Stored) {
    this.id = stored.id;
    this.at = stored.at;
    this.method = stored.method;
    this.url = stored.url;
    this.endpoint = stored.endpoint;
    this.matched = stored.matched;
    this.warning = stored.warning;
    this.status = stored.status;
    this.outcome = stored.outcome;
    this.abortedAfter = stored.abortedAfter;
    this.rawBody = stored.rawBody;
    this.frames = stored.frames;
    this.number = stored.number;
    this.size = stored.size;
    this.#headersJson = stored.headersJson;
  }

  get headers(): Readonly<Record<string, string>> {
    return JSON.parse(this.#headersJson);
  }

  get body(): unknown {
    return parsedBody(this.rawBody);
  }

  toJSON(): JournalEntry {
    return entryData(this);
  }
}
