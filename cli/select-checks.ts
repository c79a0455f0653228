/** The checks that `--only`, `--skip` and `--level` select, by the runner's own rules. Loads no check. */
import type { CheckInfo } from '../reports/catalogue.ts';
import { leftOut } from '../runner/select.ts';
import { levels } from './settings/choices.ts';
import type { Flags } from './settings/given.ts';
import { parseChoice, parseList } from './settings/parse.ts';

/** @throws UsageError, ConformanceError `usage` for a glob that matches nothing. */
export function selectChecks(checks: readonly CheckInfo[], { only, skip, level }: Flags): readonly CheckInfo[] {
  if (checks.length === 0) return [];
  const reasons = leftOut(checks, {
    only: globs(only),
    skip: globs(skip),
    level: typeof level === 'string' ? parseChoice(level, '--level', levels) : 'may',
  });
  return checks.filter(({ id }) => !reasons.has(id));
}

function globs(flag: Flags[string]): readonly string[] {
  return typeof flag === 'object' ? flag.flatMap(parseList) : [];
}
