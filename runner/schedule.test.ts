import { describe, expect, test } from 'vitest';
import { type Probe, probe } from '../suites/model/probe.ts';
import { sendAll } from './schedule.ts';

const named = (id: string, more: Partial<Probe> = {}): Probe =>
  probe({ id, title: id, cost: { requests: 1, outputTokens: 1 }, steps: [], run: async () => undefined, ...more });

/** The order in which probes begin, and how many ran at most at a time. */
async function order(
  probes: readonly Probe[],
  concurrency: number,
  refused: readonly string[] = [],
): Promise<{ begun: string[]; most: number }> {
  const begun: string[] = [];
  let running = 0;
  let most = 0;
  await sendAll(probes, {
    concurrency,
    isWanted: ({ needs = [] }) => !needs.some((need) => refused.includes(need)),
    send: async ({ id }) => {
      begun.push(id);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      await Promise.resolve();
      running -= 1;
    },
  });
  return { begun, most };
}

describe('the schedule', () => {
  const probes = [named('alone', { exclusive: true }), named('tools', { needs: ['tools'] }), named('a'), named('b'), named('c')];

  test('sends those that need something after the others, and exclusive ones last', async () => {
    expect((await order(probes, 4)).begun).toEqual(['a', 'b', 'c', 'tools', 'alone']);
  });

  test('sends those that have several requests in flight alone, before exclusive ones', async () => {
    const several = [named('four', { parallel: 4, needs: ['tools'] }), named('two', { parallel: 2 })];
    expect(await order([...several, ...probes], 4)).toEqual({ begun: ['a', 'b', 'c', 'tools', 'four', 'two', 'alone'], most: 3 });
    expect((await order(several, 4)).most).toBe(1);
  });

  test('keeps to its concurrency', async () => {
    expect((await order(probes, 2)).most).toBe(2);
    expect((await order(probes, 1)).most).toBe(1);
  });

  test('leaves out a probe whose need was refused', async () => {
    expect((await order(probes, 4, ['tools'])).begun).not.toContain('tools');
  });

  test('a failing probe ends the rest of its wave and is thrown on', async () => {
    const failing = sendAll([named('a')], { concurrency: 1, isWanted: () => true, send: async () => Promise.reject(new Error('stop')) });
    await expect(failing).rejects.toThrow('stop');
  });
});
