import { describe, expect, test } from 'vitest';
import type { Ending, Exchange } from '../spec/index.ts';
import { busyFor } from './busy.ts';
import { type Knock, takePulse } from './pulse.ts';

let count = 0;
const exchange = (ended: Ending): Exchange => {
  count += 1;
  const request = { method: 'GET', url: 'http://127.0.0.1/', headers: [] };
  return { id: `x${count}`, request, timing: { sent: 0, end: 1 }, connection: { id: 1, reused: false }, inFlight: 0, ended };
};

async function feelAll(knock: Knock, endings: readonly Ending[]): Promise<{ knocks: number; gone: boolean; stopped: number }> {
  let knocks = 0;
  const pulse = takePulse(async () => {
    knocks += 1;
    return knock;
  });
  for (const ended of endings) await pulse.feel(exchange(ended));
  return { knocks, gone: pulse.isGone(), stopped: pulse.stoppedOn.size };
}

describe('the pulse', () => {
  test('two failures in a row mean nothing', async () => {
    expect(await feelAll('never', ['reset', 'reset', 'complete', 'reset', 'reset'])).toEqual({ knocks: 0, gone: false, stopped: 0 });
  });

  test('after three the server is asked; no answer means that it has gone', async () => {
    expect(await feelAll('never', ['reset', 'refused', 'timed-out-by-us'])).toEqual({ knocks: 1, gone: true, stopped: 3 });
  });

  test('a server that comes back stopped during those three', async () => {
    expect(await feelAll('later', ['reset', 'refused', 'refused', 'complete'])).toEqual({ knocks: 1, gone: false, stopped: 3 });
  });

  test('a server that answers the knock at once had only refused by closing', async () => {
    expect(await feelAll('at-once', ['reset', 'reset', 'reset'])).toEqual({ knocks: 1, gone: false, stopped: 0 });
  });

  test('silence is counted even if the knock is answered at once', async () => {
    expect(await feelAll('at-once', ['timed-out-by-us', 'timed-out-by-us', 'timed-out-by-us'])).toEqual({
      knocks: 1,
      gone: false,
      stopped: 3,
    });
  });

  test('what we cut ourselves is no failure', async () => {
    expect(await feelAll('never', ['aborted-by-us', 'limit-by-us', 'aborted-by-us'])).toEqual({ knocks: 0, gone: false, stopped: 0 });
  });
});

describe('a busy server', () => {
  const answered = (status: number, retryAfter?: string): Exchange => ({
    ...exchange('complete'),
    response: {
      status,
      statusText: '',
      headers: retryAfter === undefined ? [] : [['Retry-After', retryAfter]],
      body: { kind: 'text', text: '' },
      chunks: [],
    },
  });

  test.each([
    [429, '2', 2000],
    [503, '0', 0],
    [529, '3600', 30_000],
    [429, undefined, 1000],
    [429, 'Wed, 21 Oct 2026 07:28:00 GMT', 1000],
    [429, '-1', 1000],
    [500, '2', undefined],
    [200, '2', undefined],
  ])('%d with retry-after %s is given %s ms', (status, retryAfter, ms) => {
    expect(busyFor(answered(status, retryAfter))).toBe(ms);
  });
});
