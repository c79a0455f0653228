/**
 * A run of the whole catalogue as a command of its own: against the mock on a port, where the suite itself is nearly all there is, and against
 * the reference server, where what matters is how much the suite adds to the time that the model takes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Exchange, RunRecord } from '../spec/index.ts';
import type { Usage } from './server.ts';
import { median } from './statistics.ts';
import { megabytes, milliseconds, printHost, printTable, type Row } from './table.ts';

const cli = join(resolve(import.meta.dirname, '..'), 'dist/cli/bin.cjs');
const meter = new URL('servers/usage-at-exit.mjs', import.meta.url).href;
const rounds = 5;

interface Run extends Usage {
  /** Of the process, from its start to its end. */
  readonly wallMs: number;
  readonly record: RunRecord;
}

export async function benchSuite(): Promise<void> {
  printHost();
  const onMock = await runsAgainst(['mock', '--port', '0'], rounds);
  const onReference: Run[] = [];
  // A fresh server each time: what it remembers of the prompts would make it faster than a user sees it.
  while (onReference.length < 3) {
    const [run] = await runsAgainst(['serve', '--port', '0'], 1);
    if (run === undefined) break;
    onReference.push(run);
  }
  printTable(['mock', 'reference server'], rowsOf(onMock, onReference));
}

function rowsOf(mock: readonly Run[], reference: readonly Run[]): readonly Row[] {
  const both = (print: (run: readonly Run[]) => string): readonly string[] =>
    [mock, reference].map((runs) => (runs.length === 0 ? '-' : print(runs)));
  const middle = (runs: readonly Run[], value: (run: Run) => number): number => median(runs.map((run) => value(run)));
  const wall = middle(mock, ({ wallMs }) => wallMs);
  const rss = Math.max(...mock.map(({ rssBytes }) => rssBytes));
  const own = middle(reference, ownShare);
  return [
    { name: 'checks judged', cells: both(([run]) => String(run?.record.verdicts.filter(({ judged }) => judged > 0).length ?? 0)) },
    { name: 'requests', cells: both(([run]) => String(run?.record.exchanges.length ?? 0)) },
    {
      name: 'wall',
      cells: both((runs) => milliseconds(middle(runs, ({ wallMs }) => wallMs))),
      goal: { text: '< 2000 ms', holds: wall < 2000 },
    },
    { name: 'CPU', cells: both((runs) => milliseconds(middle(runs, ({ cpuUs }) => cpuUs / 1000))) },
    {
      name: 'RSS, highest',
      cells: both((runs) => megabytes(Math.max(...runs.map((run) => run.rssBytes)))),
      goal: { text: '< 150 MB', holds: rss < 150e6 },
    },
    {
      name: 'own time: nothing asked, of the run',
      cells: both((runs) => percent(middle(runs, ownShare))),
      ...(reference.length > 0 && { goal: { text: '< 5.0 % (reference)', holds: own < 0.05 } }),
    },
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The part of a run in which no request was under way: what the suite took for itself while the server had nothing to do. */
function ownShare({ record: { durationMs, exchanges } }: Run): number {
  return 1 - waitingMs(exchanges) / durationMs;
}

/** How long at least one exchange was under way. */
function waitingMs(exchanges: readonly Exchange[]): number {
  let waited = 0;
  let until = 0;
  for (const { timing } of exchanges.toSorted((a, b) => a.timing.sent - b.timing.sent)) {
    waited += Math.max(0, timing.end - Math.max(until, timing.sent));
    until = Math.max(until, timing.end);
  }
  return waited;
}

/** Starts a server with the command line and runs the suite against it; no runs where it does not start, which it has said on standard error. */
async function runsAgainst(serverArgs: readonly string[], times: number): Promise<readonly Run[]> {
  const server = spawn(process.execPath, [cli, ...serverArgs], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(server, 'exit');
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url === undefined) continue;
      server.stdout.resume();
      const runs: Run[] = [];
      while (runs.length < times) {
        process.stderr.write(`${serverArgs[0]}: run ${runs.length + 1} of ${times}\n`);
        runs.push(await runOnce(url));
      }
      return runs;
    }
    process.stderr.write(`conformance ${serverArgs.join(' ')} did not start, so it is left out.\n`);
    return [];
  } finally {
    server.kill('SIGTERM');
    await exit;
  }
}

async function runOnce(url: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-suite-'));
  try {
    const began = performance.now();
    const child = spawn(process.execPath, ['--import', meter, cli, 'run', '--base-url', url, '--output', folder], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const pipe = child.stdio[3];
    if (pipe === null || pipe === undefined || !('read' in pipe)) throw new Error('no pipe to the run');
    const [usage] = await Promise.all([text(pipe), once(child, 'exit')]);
    const wallMs = performance.now() - began;
    const { cpuUs, rssBytes }: Usage = JSON.parse(usage);
    const record: RunRecord = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
    return { cpuUs, rssBytes, wallMs, record };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
