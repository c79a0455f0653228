/** Several records check by check. The first is what the others are held against. */
import type { Level, RunRecord, Verdict } from '../../spec/record/index.ts';
import { standingOf } from '../standing.ts';
import { labelsOf } from './labels.ts';

/**
 * `newly-broken`: passed in the first, failed in a later one. `newly-fixed`: failed in the first, and passed in all later ones that judged it.
 * `still-broken`: failed in the first and in a later one. `first-judged`: failed in a later one, and was not judged in the first.
 * `differs`: otherwise not the same everywhere. `same`: the same everywhere, and no failure.
 */
export type Change = 'newly-broken' | 'newly-fixed' | 'still-broken' | 'first-judged' | 'differs' | 'same';

export interface ComparedCheck {
  readonly check: string;
  readonly level: Level;
  readonly change: Change;
  /** Whether one of its new failures gates in its run: no known one, no quarantined one, none of a weaker level. */
  readonly gates: boolean;
  /** One for each record. */
  readonly verdicts: readonly Verdict[];
}

export interface ComparedRun {
  readonly label: string;
  readonly record: RunRecord;
}

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** Checks that all of them have, in the order of the first. */
  readonly checks: readonly ComparedCheck[];
  /** What does not fit together, a sentence each. */
  readonly notes: readonly string[];
}

/** @param records two or more. @param names see `labelsOf`. */
export function compare(records: readonly RunRecord[], names: readonly string[] = []): Comparison {
  const labels = labelsOf(records, names);
  const tables = records.map(({ verdicts }) => new Map(verdicts.map((verdict) => [verdict.check, verdict])));
  const [first = new Map<string, Verdict>()] = tables;
  const checks = [...first.values()].flatMap((verdict): readonly ComparedCheck[] => {
    const verdicts = tables.flatMap((table) => table.get(verdict.check) ?? []);
    if (verdicts.length < records.length) return [];
    const change = changeOf(verdicts);
    const gates = change === 'newly-broken' && verdicts.some((one, index) => index > 0 && isGating(one, records[index]));
    return [{ check: verdict.check, level: verdicts.at(-1)?.level ?? verdict.level, change, gates, verdicts }];
  });
  const all = new Set(records.flatMap(({ verdicts }) => verdicts.map(({ check }) => check)));
  return {
    runs: records.map((record, index) => ({ label: labels[index] ?? '', record })),
    checks,
    notes: notesOn(records, labels, all.size - checks.length),
  };
}

/** Rows of a change, as they are shown: weakest level last. */
export function checksWith({ checks }: Comparison, change: Change): readonly ComparedCheck[] {
  const strength: Readonly<Record<Level, number>> = { must: 0, should: 1, may: 2 };
  return checks.filter((check) => check.change === change).toSorted((a, b) => strength[a.level] - strength[b.level]);
}

function changeOf(verdicts: readonly Verdict[]): Change {
  const [before, ...after] = verdicts;
  const isBroken = before !== undefined && isFailure(before);
  const failsLater = after.some(isFailure);
  if (failsLater) return isBroken ? 'still-broken' : before?.outcome === 'pass' ? 'newly-broken' : 'first-judged';
  if (isBroken) return after.some(({ outcome }) => outcome === 'pass') ? 'newly-fixed' : 'differs';
  return new Set(verdicts.map(({ outcome }) => outcome)).size === 1 ? 'same' : 'differs';
}

/** A failed `may` is information, and breaks nothing. */
function isFailure({ outcome }: Verdict): boolean {
  return outcome === 'fail' || outcome === 'warn';
}

function isGating(verdict: Verdict, record: RunRecord | undefined): boolean {
  return record !== undefined && standingOf(verdict, record) === 'failing';
}

function notesOn(records: readonly RunRecord[], labels: readonly string[], lacking: number): readonly string[] {
  const hashes = new Set(records.map(({ suite }) => suite.catalogue));
  const suites = records.map(({ suite }, index) => `${labels[index]} by ${suite.version} (catalogue ${suite.catalogue.slice(0, 8)})`);
  const early = records.flatMap(({ ended }, index) => (ended === 'finished' ? [] : [`${labels[index]} ended early (${ended}).`]));
  return [
    ...(hashes.size > 1
      ? [
          `Judged with different catalogues: ${suites.join(', ')}. A verdict may differ because a check does; "npx messages-conformance judge" brings records to one catalogue.`,
        ]
      : []),
    ...(lacking > 0
      ? [`${lacking} ${lacking === 1 ? 'check that not all of them have is' : 'checks that not all of them have are'} left out.`]
      : []),
    ...early,
  ];
}
