import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { type Exchange, type Ending } from '../../spec/index.ts';
import { fetchOver } from './fetch.ts';

test.each<Ending>(['complete', 'reset'])(
  'an exchange that has ended as %s leaves nothing behind at the signal of the client',
  async (ended) => {
    const client = new AbortController();
    const signals: AbortSignal[] = [];
    const over = Promise.withResolvers<void>();
    const fetch = fetchOver(async (_, { listener, signal }) => {
      signals.push(signal);
      listener.head(200, 'OK', []);
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      setImmediate(over.resolve);
      return await Promise.resolve({ ended } as Exchange);
    });
    const answer = await fetch('http://server/', { signal: client.signal });
    await answer.text().catch(() => undefined);
    await over.promise;
    expect(signals.map((signal) => getEventListeners(signal, 'abort'))).toEqual([[]]);
  },
);
