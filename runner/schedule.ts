/**
 * In what order probes are sent: a few at a time, those that need an optional part after it is known, those that send several requests at
 * once alone, and exclusive ones alone and last.
 */
import type { Probe } from '../suites/model/probe.ts';

export interface ScheduleOptions {
  readonly concurrency: number;
  readonly send: (probe: Probe) => Promise<void>;
  /** Whether the optional parts that a probe needs were not refused so far. */
  readonly isWanted: (probe: Probe) => boolean;
}

export async function sendAll(probes: readonly Probe[], { concurrency, send, isWanted }: ScheduleOptions): Promise<void> {
  const shared = probes.filter((probe) => probe.exclusive !== true && !isParallel(probe));
  const waves: readonly (readonly [readonly Probe[], number])[] = [
    [shared.filter((probe) => !isNeedy(probe)), concurrency],
    [shared.filter(isNeedy), concurrency],
    [probes.filter((probe) => probe.exclusive !== true && isParallel(probe)), 1],
    [probes.filter(({ exclusive }) => exclusive === true), 1],
  ];
  for (const [wave, width] of waves) await inParallel(wave.filter(isWanted), width, send);
}

function isNeedy({ needs = [] }: Probe): boolean {
  return needs.length > 0;
}

function isParallel({ parallel = 1 }: Probe): boolean {
  return parallel > 1;
}

async function inParallel(probes: readonly Probe[], width: number, send: (probe: Probe) => Promise<void>): Promise<void> {
  const queue = probes.values();
  const work = async (): Promise<void> => {
    for (const probe of queue) await send(probe);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, probes.length)) }, work));
}
