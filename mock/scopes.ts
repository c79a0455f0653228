/** Tests that share a mock, each with a scope of its own: which of them a request means. */
import type { EndpointRequest } from '../endpoint/index.ts';

const scopeHeader = 'x-mock-scope';

/** What scopes have, by their keys. Of more than `limit`, the one that nobody asked for the longest is forgotten, and begins anew when it is asked again. */
export class Scopes<Value> {
  readonly #values = new Map<string, Value>();
  readonly #limit: number;
  readonly #forgotten: (key: string, value: Value) => void;

  constructor(limit = 1000, forgotten: (key: string, value: Value) => void = () => undefined) {
    this.#limit = limit;
    this.#forgotten = forgotten;
  }

  /** What the scope has, made the first time. */
  get(key: string, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    // A map keeps the order of insertion, so the youngest stands last.
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#limit) this.#forgetOldest();
    return value;
  }

  /** What the scope has, where it is open. */
  find(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** All that are open, by key. */
  list(): readonly (readonly [key: string, value: Value])[] {
    return [...this.#values];
  }

  /** Closes one scope. */
  delete(key: string): void {
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }

  #forgetOldest(): void {
    for (const [key, value] of this.#values) {
      this.#values.delete(key);
      this.#forgotten(key, value);
      return;
    }
  }
}

/** The scope that a request names; undefined for none. */
export function scopeKey(headers: EndpointRequest['headers']): string | undefined {
  for (const [name, value] of headers) if (name.length === scopeHeader.length && name.toLowerCase() === scopeHeader) return value;
  return undefined;
}
