/** Mocks of their own behind one port: which of them a request means. */
import type { EndpointRequest } from '../endpoint/index.ts';
import type { Mock } from './mock-types.ts';

const scopeHeader = 'x-mock-scope';

/** The mocks of scopes. Of more than `limit`, the one that nobody asked for the longest is forgotten, and begins anew when it is asked again. */
export class Scopes {
  readonly #mocks = new Map<string, Mock>();
  readonly #limit: number;
  #opened = 0;

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  /** The mock of that key, made the first time. `make` gets a number that no scope had before. */
  get(key: string, make: (number: number) => Mock): Mock {
    const known = this.#mocks.get(key);
    const mock = known ?? make((this.#opened += 1));
    // A map keeps the order of insertion, so the youngest stands last.
    this.#mocks.delete(key);
    this.#mocks.set(key, mock);
    const [oldest] = this.#mocks.keys();
    if (this.#mocks.size > this.#limit && oldest !== undefined) this.#mocks.delete(oldest);
    return mock;
  }

  /** The mock of that key, where it is open. */
  find(key: string): Mock | undefined {
    return this.#mocks.get(key);
  }

  /** Forgets one scope. */
  delete(key: string): void {
    this.#mocks.delete(key);
  }

  clear(): void {
    this.#mocks.clear();
  }
}

/** The scope that a request names; undefined for none. */
export function scopeKey(headers: EndpointRequest['headers']): string | undefined {
  for (const [name, value] of headers) if (isScopeHeader(name)) return value;
  return undefined;
}

/** The request as the mock of its scope sees it, which has no scopes of its own. */
export function withoutScope(request: EndpointRequest): EndpointRequest {
  return { ...request, headers: [...request.headers].filter(([name]) => !isScopeHeader(name)) };
}

function isScopeHeader(name: string): boolean {
  return name.length === scopeHeader.length && name.toLowerCase() === scopeHeader;
}
