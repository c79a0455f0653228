/** Runs the built command line as a user would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { RunRecord, Verdict } from '../spec/index.ts';

const bin = join(resolve(import.meta.dirname, '..'), 'node_modules/.updist/cli/bin.cjs');

/** Environment of a user without any key or proxy. */
const cleanEnvironment: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HOME: tmpdir(), NO_COLOR: '1' };

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The run record that it wrote; undefined where it wrote none. */
  readonly record: RunRecord | undefined;
}

/** Runs `conformance ...arguments` to its end, in an output folder of its own. */
export async function conformance(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly signalAfter?: (child: ChildProcess) => Promise<void> } = {},
): Promise<Finished> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-test-'));
  try {
    const isRun = args.includes('--base-url') || args.includes('--profile');
    const child = spawn(process.execPath, [bin, ...args, ...(isRun ? ['--output', folder] : [])], {
      cwd: folder,
      env: { ...cleanEnvironment, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      options.signalAfter?.(child),
      child.exitCode ?? once(child, 'close'),
    ]);
    return { code: child.exitCode, stdout, stderr, record: await recordIn(folder) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A server started by `conformance serve` or `conformance mock`; its URL is the first one that it prints. */
export async function startServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly url: string } & AsyncDisposable> {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...cleanEnvironment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const errors = text(child.stderr);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      [Symbol.asyncDispose]: async () => {
        child.kill('SIGTERM');
        await exit;
      },
    };
  }
  throw new Error(`the server printed no URL: ${await errors}`);
}

/** Verdicts that are not a pass, as `outcome id: reason or first finding`. */
export function troubles({ verdicts }: RunRecord, outcomes: readonly Verdict['outcome'][]): readonly string[] {
  return verdicts
    .filter(({ outcome }) => outcomes.includes(outcome))
    .map(
      ({ outcome, check, reason, findings }) => `${outcome} ${check}: ${reason ?? `${findings[0]?.expected}, found ${findings[0]?.found}`}`,
    );
}

async function recordIn(folder: string): Promise<RunRecord | undefined> {
  const json = await readFile(join(folder, 'record.json'), 'utf8').catch(() => undefined);
  return json === undefined ? undefined : (JSON.parse(json) as RunRecord);
}
