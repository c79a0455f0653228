/** `conformance list`: ids, levels and requirements, from the catalogue as data. */
import { catalogue, type CheckInfo } from '../../reports/catalogue.ts';
import { hanging } from '../../reports/terminal/wrap.ts';
import { openConsole } from '../console.ts';
import { selectChecks } from '../select-checks.ts';
import type { Flags } from '../settings/given.ts';

export function listCommand(flags: Flags): void {
  const terminal = openConsole();
  const checks = selectChecks(catalogue.checks, flags);
  terminal.out(flags['json'] === true ? `${JSON.stringify(checks.map(published), null, 2)}\n` : listText(checks, terminal.width));
}

/** The fields that scripts may rely on. */
function published({ id, level, layer, area, requirement, source, breaks, probes }: CheckInfo): Readonly<Record<string, unknown>> {
  return { id, level, layer, area, requirement, source, breaks, probes };
}

/** One line a check where there is no terminal (for grep) or it is wide; else the requirement stands below. */
export function listText(checks: readonly CheckInfo[], width: number | undefined): string {
  const longest = Math.max(0, ...checks.map(({ id }) => id.length));
  const column = longest + 10;
  const lines = checks.flatMap(({ id, level, requirement }) => {
    const head = `${id.padEnd(longest)}  ${level.padEnd(6)}  `;
    if (width === undefined) return [head + requirement];
    return column + 40 <= width ? hanging(head, requirement, width) : [`${id}  ${level}`, ...hanging('    ', requirement, width)];
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
