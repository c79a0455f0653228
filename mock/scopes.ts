/** Mocks of their own behind one port: which of them a request means. */
import type { EndpointRequest } from '../endpoint/index.ts';
import type { Mock } from './mock-types.ts';

const scopeHeader = 'x-mock-scope';

/** Scopes that are kept; after that the oldest is forgotten. */
const mostScopes = 1000;

export class Scopes {
  readonly #mocks = new Map<string, Mock>();
  #opened = 0;

  /** The mock of that key, made the first time. `make` gets a number that no scope had before. */
  get(key: string, make: (number: number) => Mock): Mock {
    const known = this.#mocks.get(key);
    if (known !== undefined) return known;
    const oldest = this.#mocks.size < mostScopes ? undefined : this.#mocks.keys().next().value;
    if (oldest !== undefined) this.#mocks.delete(oldest);
    this.#opened += 1;
    const opened = make(this.#opened);
    this.#mocks.set(key, opened);
    return opened;
  }

  clear(): void {
    this.#mocks.clear();
  }
}

/** The scope that a request names; undefined for none. */
export function scopeKey(headers: EndpointRequest['headers']): string | undefined {
  for (const [name, value] of headers) if (name.length === scopeHeader.length && name.toLowerCase() === scopeHeader) return value;
  return undefined;
}
