/** Which checks a run is about, and which probes they need. */
import type { Level } from '../spec/index.ts';
import type { Check } from '../suites/model/check.ts';
import { ConformanceError } from './errors.ts';

export interface Selection {
  /** Globs on check ids: `*` stands for any characters. Empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The weakest level to judge: `should` selects must and should. */
  readonly level: Level;
  /** Where only these ids are wanted, with the option that says so. */
  readonly among?: { readonly ids: ReadonlySet<string>; readonly option: string };
}

/** What selection looks at: a check, or its entry in the catalogue. */
export type Selectable = Pick<Check, 'id' | 'level'>;

const strength: Readonly<Record<Level, number>> = { may: 0, should: 1, must: 2 };

/**
 * Why each check is left out; a check that is not in the map is selected.
 * @throws ConformanceError `usage` for a glob that matches no check, or a selection of nothing.
 */
export function leftOut(checks: readonly Selectable[], { only, skip, level, among }: Selection): ReadonlyMap<string, string> {
  const wanted = matchers(only, checks, '--only');
  const unwanted = matchers(skip, checks, '--skip');
  const reasons = new Map<string, string>();
  for (const { id, level: own } of checks) {
    if (among !== undefined && !among.ids.has(id)) reasons.set(id, `not selected by ${among.option}`);
    else if (wanted.length > 0 && !wanted.some((matches) => matches(id))) reasons.set(id, 'not selected by --only');
    else if (unwanted.some((matches) => matches(id))) reasons.set(id, 'left out by --skip');
    else if (strength[own] < strength[level]) reasons.set(id, `weaker than --level ${level}`);
  }
  if (reasons.size === checks.length)
    throw new ConformanceError('usage', 'The selection leaves no check to run; see "npx messages-conformance list".');
  return reasons;
}

/** Ids of the probes that these checks read. */
export function probesOf(checks: readonly Check[]): ReadonlySet<string> {
  return new Set(checks.flatMap((check) => (check.kind === 'general' ? check.probes : Object.values(check.reads).map(probeOf))));
}

/** `tools` for `tools/any-stream`. */
export function probeOf(address: string): string {
  return address.slice(0, address.indexOf('/'));
}

function matchers(globs: readonly string[], checks: readonly Selectable[], flag: string): readonly ((id: string) => boolean)[] {
  return globs.map((glob) => {
    const pattern = new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*')}$`);
    const matches = (id: string): boolean => pattern.test(id);
    if (!checks.some(({ id }) => matches(id))) {
      if (checks.some(({ id }) => id.startsWith(`${glob}.`)))
        throw new ConformanceError('usage', `${flag} ${glob} matches no check; did you mean ${glob}.*?`);
      const known = checks.map(({ id }) => id).find((id) => id.includes(glob.replaceAll('*', '')));
      const hint = known === undefined ? '' : ` Did you mean ${known}?`;
      throw new ConformanceError('usage', `${flag} ${glob} matches no check; see "npx messages-conformance list".${hint}`);
    }
    return matches;
  });
}
