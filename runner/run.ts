/** A run from options to record: preflight, then probes. Whatever ends it, what was recorded is judged and returned. */
import type { RunRecord } from '../spec/index.ts';
import { openRun } from './open-run.ts';
import type { RunOptions } from './options.ts';

/**
 * Sends the catalogue's probes to a server and judges what it answered.
 * @returns the run record; `exitCode` in it is what the command line exits with.
 * @throws ConformanceError `usage` for options that cannot be meant, `target` where `waitMs` ran out.
 */
export async function run(options: RunOptions): Promise<RunRecord> {
  const open = openRun(options);
  try {
    await open.begin();
    await open.send(open.agenda.planned.map(({ id }) => id));
  } finally {
    await open.close();
  }
  return open.record();
}
