/** Prints what was measured, as a table of aligned columns. */
import { availableParallelism, cpus, loadavg } from 'node:os';

/** One row: what was measured, a cell for each column, and the goal with whether it holds. */
export interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  readonly goal?: { readonly text: string; readonly holds: boolean };
  /** Printed at the end of the row. */
  readonly remark?: string;
}

export function printTable(columns: readonly string[], rows: readonly Row[]): void {
  const lines = [['', ...columns, 'goal', '', ''], ...rows.map(lineOf)];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of lines) {
    const padded = line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
    process.stdout.write(`${padded.join('  ').trimEnd()}\n`);
  }
}

function lineOf({ name, cells, goal, remark = '' }: Row): readonly string[] {
  return [name, ...cells, goal?.text ?? '', verdict(goal), remark];
}

function verdict(goal: Row['goal']): string {
  if (goal === undefined) return '';
  return goal.holds ? 'holds' : 'MISSED';
}

/** The host, and how busy it was: numbers taken beside other work are too high. */
export function printHost(): void {
  const [load = 0] = loadavg();
  process.stdout.write(
    `Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores, load average ${load.toFixed(1)}\n\n`,
  );
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
export const milliseconds = (ms: number): string => `${ms.toFixed(0)} ms`;
export const microseconds = (us: number): string => `${us.toFixed(0)} us`;
