/** A run in a process of its own, so that its memory can be measured: what it found, how long it took and the most it held. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { json, text } from 'node:stream/consumers';
import type { RunOptions } from '../runner/index.ts';
import type { RunRecord } from '../spec/index.ts';

export interface Measured {
  readonly record: Omit<RunRecord, 'exchanges' | 'steps'>;
  readonly seconds: number;
  /** Most resident memory, MiB. */
  readonly memory: number;
  /** `found` of the first finding of each check that failed, warned, or broke. */
  readonly failed: Readonly<Record<string, string>>;
}

const runner = resolve(import.meta.dirname, '../runner/index.ts');

const script = `
  const { run } = await import(${JSON.stringify(runner)});
  const { exchanges, steps, ...record } = await run(JSON.parse(process.env.RUN_OPTIONS));
  process.stdout.write(JSON.stringify({ record, seconds: performance.now() / 1000, memory: process.resourceUsage().maxRSS / 1024 }));
`;

export async function measuredRun(options: RunOptions): Promise<Measured> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env['PATH'], RUN_OPTIONS: JSON.stringify(options) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors = text(child.stderr);
  const [measured] = await Promise.all([json(child.stdout) as Promise<Omit<Measured, 'failed'>>, once(child, 'close')]).catch(
    async (error: unknown) => {
      throw new Error(`the run broke: ${await errors}`, { cause: error });
    },
  );
  const failed = measured.record.verdicts
    .filter(({ outcome }) => ['fail', 'warn', 'harness-error'].includes(outcome))
    .map(({ check, reason, findings: [first] }) => [check, first?.found ?? reason ?? ''] as const);
  return { ...measured, failed: Object.fromEntries(failed) };
}
