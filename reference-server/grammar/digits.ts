/** Decimal integers between two bounds, digit by digit: `[10, 99]` is `[1-9] [0-9]`. */

/** GBNF for the decimal integers from `least` to `most`, without leading zeros; undefined where there are none. */
export function integersBetween(least: bigint, most: bigint): string | undefined {
  if (least > most) return undefined;
  const parts = [
    ...(least < 0n ? digitRuns(most < 0n ? -most : 1n, -least).map((run) => `"-" ${run}`) : []),
    ...(most >= 0n ? digitRuns(least > 0n ? least : 0n, most) : []),
  ];
  return parts.length === 1 ? parts[0] : `(${parts.join(' | ')})`;
}

/** The same for the fixed number of digits that both bounds have, leading zeros included. */
export function digitsBetween(least: string, most: string): string {
  const first = least[0] ?? '';
  const last = most[0] ?? '';
  const rest = least.length - 1;
  if (rest === 0) return digit(first, last);
  if (first === last) return `"${first}" ${digitsBetween(least.slice(1), most.slice(1))}`;
  const zeros = '0'.repeat(rest);
  const nines = '9'.repeat(rest);
  const isLow = least.slice(1) !== zeros;
  const isHigh = most.slice(1) !== nines;
  const from = Number(first) + (isLow ? 1 : 0);
  const to = Number(last) - (isHigh ? 1 : 0);
  const parts = [
    ...(isLow ? [`"${first}" ${digitsBetween(least.slice(1), nines)}`] : []),
    ...(from <= to ? [`${digit(String(from), String(to))} [0-9]{${rest}}`] : []),
    ...(isHigh ? [`"${last}" ${digitsBetween(zeros, most.slice(1))}`] : []),
  ];
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' | ')})`;
}

/** One run for each number of digits; runs that are full are joined. */
function digitRuns(least: bigint, most: bigint): string[] {
  const runs: string[] = [];
  if (least === 0n) runs.push('"0"');
  const from = least > 0n ? least : 1n;
  if (from > most) return runs;
  const shortest = String(from).length;
  const longest = String(most).length;
  const isFirstFull = from === lowest(shortest);
  const isLastFull = most === lowest(longest + 1) - 1n;
  if (shortest === longest && !(isFirstFull && isLastFull)) return [...runs, digitsBetween(String(from), String(most))];
  const firstFull = isFirstFull ? shortest : shortest + 1;
  const lastFull = isLastFull ? longest : longest - 1;
  if (!isFirstFull) runs.push(digitsBetween(String(from), '9'.repeat(shortest)));
  if (firstFull <= lastFull) runs.push(lastFull === 1 ? '[1-9]' : `[1-9] [0-9]{${firstFull - 1},${lastFull - 1}}`);
  if (!isLastFull) runs.push(digitsBetween(String(lowest(longest)), String(most)));
  return runs;
}

function lowest(digits: number): bigint {
  return 10n ** BigInt(digits - 1);
}

function digit(from: string, to: string): string {
  return from === to ? `"${from}"` : `[${from}-${to}]`;
}
