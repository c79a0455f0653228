/** The result as text: a line for each request, then what is wrong. */
import type { RequestRow } from './requests.ts';
import type { ScenarioResult } from './scenario.ts';

export function reportText({ id, title, turns, requests, checks, problems, remarks }: ScenarioResult): string {
  const { pass, fail, warn, info } = checks;
  const lines = [
    `${id}: ${title}`,
    ...requests.filter(({ kind }) => kind !== 'other').map((row) => `  ${requestText(row)}`),
    ...otherLines(requests),
    ...betaLines(requests),
    ...turns.map(({ result, tools, durationMs }, index) => `  prompt ${index + 1}: ${seconds(durationMs)}, ${said(tools, result)}`),
    `  ${requests.length} requests, ${count(requests, 'fallback')} fallbacks, ${count(requests, 'retry')} retries`,
    `  ${pass + fail + warn + info} checks judged this traffic: ${pass} passed, ${fail} failed, ${warn} warnings, ${info} notes`,
    ...remarks.map((remark) => `  note: ${remark}`),
    ...problems.map((problem) => `  PROBLEM: ${problem}`),
    `  ${problems.length === 0 ? 'ok' : 'FAILED'}`,
  ];
  return `${lines.join('\n')}\n`;
}

function requestText(row: RequestRow): string {
  const words = [
    `${row.id} ${row.kind} ${row.method} ${row.path} ${row.model ?? ''}`.trimEnd(),
    row.stream ? 'stream' : 'no stream',
    `${row.bytes} bytes`,
    `${row.status ?? 'no answer'}${row.ended === 'complete' ? '' : ` (${row.ended})`}`,
    ...(row.inputTokens === undefined ? [] : [`${row.inputTokens} tokens in, ${row.cachedTokens ?? 0} of them cached`]),
    ...(row.outputTokens === undefined ? [] : [`${row.outputTokens} out`]),
    ...(row.stopReason === undefined ? [] : [row.stopReason]),
    ...(row.firstByteMs === undefined ? [] : [`first byte ${row.firstByteMs} ms`]),
    ...(row.firstDeltaMs === undefined ? [] : [`first delta ${row.firstDeltaMs} ms`]),
    seconds(row.durationMs),
  ];
  return words.join(', ');
}

/** What asks for no message comes in numbers: one line for all that asked the same of the same route. */
function otherLines(requests: readonly RequestRow[]): readonly string[] {
  const others = requests.filter(({ kind }) => kind === 'other');
  const groups = Map.groupBy(others, ({ method, path, status }) => `${method} ${path} ${status ?? 'no answer'}`);
  return [...groups].map(([name, rows]) => {
    const bytes = Math.max(...rows.map((row) => row.bytes));
    const longest = Math.max(...rows.map(({ durationMs }) => durationMs));
    return `  ${rows.length} x ${name}, at most ${bytes} bytes and ${longest} ms`;
  });
}

/** They are the same for nearly all requests of a conversation. */
function betaLines(requests: readonly RequestRow[]): readonly string[] {
  const lists = new Set(requests.map(({ betas }) => betas.join(', ')).filter((list) => list !== ''));
  return [...lists].map((list) => `  betas: ${list}`);
}

function said(tools: readonly string[], result: string): string {
  const short = result.length > 80 ? `${result.slice(0, 80)}...` : result;
  return `${tools.length === 0 ? 'no tools' : `tools ${tools.join(', ')}`}, said ${JSON.stringify(short)}`;
}

function count(requests: readonly RequestRow[], kind: RequestRow['kind']): number {
  return requests.filter((row) => row.kind === kind).length;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
