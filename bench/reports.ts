/** How long a record of 400 checks and 300 exchanges takes in each format: the first time in a process, as for a user, and when the code is warm. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { formatNames, type FormatName } from '../reports/formats.ts';
import type { RunRecord } from '../spec/index.ts';
import { nextMessage, start } from './child.ts';
import { median } from './statistics.ts';
import { milliseconds, printHost, printTable, type Row } from './table.ts';

const cli = join(resolve(import.meta.dirname, '..'), 'dist/cli/bin.cjs');
const size = { checks: 400, exchanges: 300 } as const;
/** Processes for each format. */
const rounds = 5;

export async function benchReports(): Promise<void> {
  printHost();
  const folder = mkdtempSync(join(tmpdir(), 'bench-reports-'));
  try {
    const record = sized(await recordOfAFaultyServer(folder));
    const file = join(folder, 'sized.json');
    writeFileSync(file, JSON.stringify(record));
    const { verdicts, exchanges, totals } = record;
    process.stdout.write(
      `${verdicts.length} checks (${totals.fail} failed, ${totals.warn} warnings), ${exchanges.length} exchanges, ${JSON.stringify(record).length} bytes\n\n`,
    );
    const rows: Row[] = [];
    for (const format of formatNames) rows.push(await rowOf(format, file));
    printTable(['first', 'warm', 'bytes'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function rowOf(format: FormatName, file: string): Promise<Row> {
  const first: number[] = [];
  const warm: number[] = [];
  let length = 0;
  while (first.length < rounds) {
    await using child = start('render.mjs', [file, format]);
    const answer = await nextMessage<{ readonly times: readonly number[]; readonly length: number }>(child.process, format);
    first.push(answer.times[0] ?? Number.NaN);
    warm.push(median(answer.times.slice(2)));
    length = answer.length;
  }
  const most = format === 'html' ? 300 : 100;
  const took = median(first);
  return {
    name: format,
    cells: [milliseconds(took), milliseconds(median(warm)), String(length)],
    goal: { text: `< ${most} ms`, holds: took < most },
  };
}

/** With failures enough to fill a report: the mock that is wrong as Ollama is. */
async function recordOfAFaultyServer(folder: string): Promise<RunRecord> {
  const mock = spawn(process.execPath, [cli, 'mock', '--port', '0', '--persona', 'ollama'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const url of createInterface({ input: mock.stdout })) {
      const run = spawn(process.execPath, [cli, 'run', '--base-url', url, '--output', folder, '--quiet'], { stdio: 'ignore' });
      await once(run, 'exit');
      return JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
    }
    throw new Error('the mock did not start');
  } finally {
    mock.kill('SIGKILL');
  }
}

/** What failed first, and the exchanges where it did. */
function sized(record: RunRecord): RunRecord {
  const verdicts = record.verdicts.toSorted((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0)).slice(0, size.checks);
  const found = new Set(verdicts.flatMap(({ findings }) => findings.map(({ at }) => at?.exchange)));
  const kept = record.exchanges.toSorted((a, b) => Number(found.has(b.id)) - Number(found.has(a.id))).slice(0, size.exchanges);
  const ids = new Set(kept.map(({ id }) => id));
  const count = (outcome: string): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const totals = { ...record.totals, pass: count('pass'), fail: count('fail'), warn: count('warn'), info: count('info') };
  return { ...record, verdicts, totals, exchanges: kept, steps: record.steps.filter(({ exchange }) => ids.has(exchange)) };
}
