/** The terminal report: a pure function of the run record, the catalogue and the look of the terminal. */
import type { Outcome, RunRecord, Target, Verdict } from '../../spec/record/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { alike, worstFirst } from './alike.ts';
import { areas } from './areas.ts';
import { baseline } from './baseline.ts';
import { failure } from './failures.ts';
import { header } from './header.ts';
import { type Look, lookOf } from './look.ts';
import { leftOut } from './left-out.ts';
import { readiness } from './readiness.ts';
import { reasoned, warning } from './remarks.ts';
import { required } from './required.ts';
import { safeText } from './safe-text.ts';
import { steps } from './steps.ts';
import { summary } from './summary.ts';
import { hanging } from './wrap.ts';

export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  /** `quiet`: the two summary lines, after what makes exit 1 and is not in them. `verbose`: also every step, every finding kept, and why checks were left out. Default `normal`. */
  readonly detail?: 'quiet' | 'normal' | 'verbose';
  /** Left out where it was printed when the run began. Default true. */
  readonly hasHeader?: boolean;
  /** Left out where they were printed as they happened. Default: where `detail` is `verbose`. */
  readonly hasSteps?: boolean;
  /** Environment variable that `curl` lines take the key from. Default `ANTHROPIC_API_KEY`. */
  readonly keyVariable?: string;
  /** Where the record was written: named before the summary, and in `curl` lines whose body is too long for a command line. */
  readonly recordFile?: string;
}

/** Findings and places shown of a failed check; the record keeps up to 20. */
const most = { normal: 3, verbose: 20 } as const;
/** Checks named that share a reason. */
const named = { normal: 5, verbose: Number.POSITIVE_INFINITY } as const;

/** The report, lines ending in `\n`. The last line is the summary. */
export function terminalReport(record: RunRecord, catalogue: Catalogue, options: TerminalOptions): string {
  const { detail = 'normal', hasHeader = true, hasSteps = detail === 'verbose' } = options;
  const look = lookOf(options.width, options.colour);
  const last = summary(record);
  if (detail === 'quiet') return text([...gates(record, look), ...last]);
  const checks = new Map(catalogue.checks.map((check) => [check.id, check]));
  const failureOptions = { curl: curlOptions(record, options), most: most[detail] };
  // Of a run that could not begin there is one thing to say, and it must not drown.
  const verdicts = record.ended === 'preflight' && detail === 'normal' ? record.verdicts.filter(isTelling) : record.verdicts;
  const of = (outcome: Outcome): readonly Verdict[] => verdicts.filter((verdict) => verdict.outcome === outcome);
  const isFolded = detail === 'normal';
  const areaOf = (check: string): string => checks.get(check)?.area ?? 'unknown';
  const told = (outcome: Outcome, show: (verdict: Verdict) => readonly string[]): readonly string[] => {
    const own = worstFirst(of(outcome), record.readiness);
    return spaced(isFolded ? alike(own, areaOf) : own.map((verdict) => [verdict]), show, look);
  };
  const reasons = (outcome: Outcome): readonly string[] => reasoned(of(outcome), look, named[detail]);

  return text([
    ...(hasHeader ? header(record.target, record.suite, look) : []),
    ...section('Steps', hasSteps ? steps(record, look) : [], look),
    ...section('Optional parts', optionalParts(record, look), look),
    ...section('Required parts', required(record, look), look),
    ...section('Verdicts', verdicts.length === 0 ? [] : areas(verdicts, checks, look, isFolded), look),
    ...section('Baseline', baseline(record, look, detail), look),
    ...section(
      'Failed',
      told('fail', (verdict) => failure(verdict, checks.get(verdict.check), record, look, failureOptions)),
      look,
    ),
    ...section(
      'Warnings',
      told('warn', (verdict) => warning(verdict, checks.get(verdict.check), look)),
      look,
    ),
    ...section(
      'Information',
      told('info', (verdict) => warning(verdict, checks.get(verdict.check), look, 'quiet')),
      look,
    ),
    ...section('Inconclusive', reasons('inconclusive'), look),
    ...section('Unsupported', reasons('unsupported'), look),
    ...section('Harness errors (faults of this suite, not of the server)', reasons('harness-error'), look),
    ...section('Left out', leftOut(record, look), look),
    ...section('Skipped', detail === 'verbose' ? reasons('skipped') : [], look),
    ...section('Not applicable', detail === 'verbose' ? reasons('not-applicable') : [], look),
    ...section('Clients', record.ended === 'preflight' ? [] : readiness(record, look), look),
    ...section('Ended early', early(record, look), look),
    '',
    ...(options.recordFile === undefined ? [] : hanging('Record: ', safeText(options.recordFile), look.width)),
    look.paint('quiet', last[0]),
    look.paint(record.totals.fail > 0 ? 'bad' : 'strong', last[1]),
  ]);
}

/** What makes exit 1 and cannot be told from the summary. */
function gates(record: RunRecord, look: Look): readonly string[] {
  const { baseline: applied, options } = record;
  const isStale = applied?.strict === true && applied.entries.some(({ state }) => state === 'stale');
  return [
    ...required(record, look),
    ...(isStale ? baseline(record, look, 'normal') : []),
    ...(options.client === undefined || record.ended === 'preflight' ? [] : readiness(record, look)),
  ];
}

function isTelling({ outcome }: Verdict): boolean {
  return outcome !== 'skipped' && outcome !== 'inconclusive' && outcome !== 'not-applicable';
}

/** The head alone, for a run that begins. */
export function terminalHeader(
  target: Target,
  suite: RunRecord['suite'],
  { width, colour }: Pick<TerminalOptions, 'width' | 'colour'>,
): string {
  return text(header(target, suite, lookOf(width, colour)));
}

function curlOptions({ target }: RunRecord, { keyVariable, recordFile }: TerminalOptions): Parameters<typeof failure>[4]['curl'] {
  return {
    hasKey: target.auth !== 'none',
    ...(keyVariable === undefined ? {} : { keyVariable }),
    ...(recordFile === undefined ? {} : { recordFile }),
  };
}

function optionalParts({ capabilities }: RunRecord, { width }: Look): readonly string[] {
  const words = (['yes', 'refused', 'unknown'] as const).flatMap((state) => {
    const names = capabilities.filter((found) => found.state === state).map(({ capability }) => capability);
    return names.length === 0 ? [] : [[state, names.join(', ')] as const];
  });
  return words.flatMap(([state, names]) => hanging(`  ${state}`.padEnd(11), safeText(names), width));
}

function early({ ended, endedBecause }: RunRecord, { width }: Look): readonly string[] {
  return ended === 'finished' ? [] : hanging('  ', safeText(endedBecause ?? ended), width);
}

/** What the first of each group shows, and whom else it is true of; an empty line between them. */
function spaced(
  groups: readonly (readonly Verdict[])[],
  show: (verdict: Verdict) => readonly string[],
  { width }: Look,
): readonly string[] {
  return groups.flatMap(([first, ...others], index) => {
    if (first === undefined) return [];
    const names = others.map(({ check }) => safeText(check)).join(', ');
    const also = `the same of ${others.length} more (--verbose shows them in full): ${names}`;
    return [...(index === 0 ? [] : ['']), ...show(first), ...(others.length === 0 ? [] : hanging('  ', also, width))];
  });
}

/** A heading and its lines after an empty line; nothing where there are no lines. */
function section(title: string, lines: readonly string[], { paint }: Look): readonly string[] {
  return lines.length === 0 ? [] : ['', paint('strong', title), ...lines];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
