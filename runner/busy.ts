/** A server that says "not now": 429, 503 and 529 that nobody asked for are asked again, twice, after what `retry-after` says. */
import type { Exchange } from '../spec/index.ts';

export const maxBusyRetries = 2;

const longestWaitMs = 30_000;
const defaultWaitMs = 1_000;
const busyStatuses: ReadonlySet<number> = new Set([429, 503, 529]);

/** Milliseconds to wait before asking again; undefined where the server was not busy. */
export function busyFor({ response, ended }: Exchange): number | undefined {
  if (ended !== 'complete' || response === undefined || !busyStatuses.has(response.status)) return undefined;
  const value = response.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const seconds = Number(value);
  if (value === undefined || value.trim() === '' || !Number.isFinite(seconds) || seconds < 0) return defaultWaitMs;
  return Math.min(seconds * 1000, longestWaitMs);
}
