/** A plan as a table, and the sentences below it. */
import type { Plan, PlannedProbe } from '../plan.ts';

const columns: readonly (readonly [title: string, value: (row: PlannedProbe) => number])[] = [
  ['requests', ({ requests }) => requests],
  ['generate', ({ generating }) => generating],
  ['tokens', ({ outputTokens }) => outputTokens],
  ['at most', ({ outputTokensAtMost }) => outputTokensAtMost],
  ['checks', ({ checks }) => checks],
];

/** Lines ending in `\n`. */
export function planTable({ checks, probes, totals, unpaid, pace, estimateSeconds }: Plan): string {
  const all: PlannedProbe = { probe: 'all', title: '', ...totals, checks };
  const label = Math.max(...[...probes, all].map(({ probe }) => probe.length));
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(label)}${cells.map((cell, index) => cell.padStart((columns[index]?.[0].length ?? 0) + 3)).join('')}`;
  const row = (planned: PlannedProbe): string =>
    line(
      planned.probe,
      columns.map(([, value]) => String(value(planned))),
    );
  const lines = [
    line(
      'probe',
      columns.map(([title]) => title),
    ),
    ...probes.map(row),
    row(all),
    '',
    'Requests that several probes share are counted once. Tokens: output as measured on the reference server; at most: the sum of max_tokens.',
    'A server that refuses what it should refuse generates for the requests under "generate" only; two more look for the model first.',
    ...unpaid.map(({ probe, reason }) => `Not sent: ${probe}, ${reason}.`),
    ...(pace === undefined || estimateSeconds === undefined
      ? ['Name a server with --base-url to measure one request, for an estimate of the time.']
      : [
          `One request took ${Math.round(pace.firstByteMs)} ms to its first byte and ${pace.msPerToken.toFixed(1)} ms a token: about ${duration(estimateSeconds)} one after the other.`,
        ]),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
