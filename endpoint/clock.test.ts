import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const weeks = 7 * 24 * 3_600_000;

test.each([1, 4 * weeks, 100 * weeks])('after %d ms the callback is called once, not before', (ms) => {
  const callback = vi.fn<() => void>();
  systemClock.after(ms, callback);
  vi.advanceTimersByTime(ms - 1);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledOnce();
});

test.each([1, 100 * weeks])('a wait of %d ms that is given up leaves no timer', (ms) => {
  const cancel = systemClock.after(ms, () => undefined);
  vi.advanceTimersByTime(ms / 2);
  cancel();
  expect(vi.getTimerCount()).toBe(0);
});
