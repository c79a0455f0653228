/** A proxy in front of a server for one test, and what it recorded. */
import type { Exchange } from '../../spec/index.ts';
import { type Proxy, type ProxyOptions, startProxy } from './proxy.ts';

export interface ProxyFixture extends Proxy, AsyncDisposable {
  /** The next exchange that ends, or that has ended and was not asked for yet. */
  next(): Promise<Exchange>;
}

export async function proxyTo(upstream: string, options: Partial<ProxyOptions> = {}): Promise<ProxyFixture> {
  const ended: Exchange[] = [];
  const waiting: ((exchange: Exchange) => void)[] = [];
  const proxy = await startProxy({
    upstream,
    ...options,
    onExchange(exchange) {
      const first = waiting.shift();
      if (first === undefined) ended.push(exchange);
      else first(exchange);
    },
  });
  return {
    ...proxy,
    next() {
      const first = ended.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
    [Symbol.asyncDispose]: () => proxy.close(),
  };
}
