/**
 * Annotations for a run in GitHub Actions, as workflow commands on standard output.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import type { RunRecord, Verdict } from '../../spec/record/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { gist, standingOf } from '../standing.ts';
import { safeText } from '../terminal/safe-text.ts';

/** GitHub shows so many of a level for each step, and drops the others without a word. */
const most = 10;

/** Characters of a message: an annotation is a pointer, the report has the rest. */
const longest = 600;

type Annotation = readonly [title: string, message: string];

/** Lines `::error title=...::...`, each ending in `\n`; empty where there is nothing to say. */
export function githubAnnotations(record: RunRecord, { checks }: Catalogue): string {
  const requirements = new Map(checks.map(({ id, requirement }) => [id, requirement]));
  const about = (verdicts: readonly Verdict[]): readonly Annotation[] =>
    verdicts.map((verdict) => [verdict.check, `${requirements.get(verdict.check) ?? ''} Found: ${gist(verdict)}`.trim()]);
  const of = (wanted: (verdict: Verdict) => boolean): readonly Annotation[] => about(record.verdicts.filter(wanted));
  const early: readonly Annotation[] =
    record.ended === 'finished' ? [] : [['The run ended early', record.endedBecause ?? record.ended] as const];
  const entries = (record.baseline?.entries ?? []).flatMap(({ check, address, state }): readonly Annotation[] => {
    const where = address === undefined ? '' : ` at ${address}`;
    if (state === 'stale') return [['Stale baseline entry', `${check}${where} no longer fails; take the entry out.`]];
    return state === 'expired' ? [['Expired baseline entry', `${check}${where} still fails, and gates again.`]] : [];
  });
  return [
    ...lines('error', [...early, ...of((verdict) => ['failing', 'broken'].includes(standingOf(verdict, record)))]),
    ...lines('warning', [...entries, ...of((verdict) => verdict.outcome === 'warn' && standingOf(verdict, record) === 'remark')]),
  ].join('');
}

function lines(level: 'error' | 'warning', annotations: readonly Annotation[]): readonly string[] {
  const isTooMany = annotations.length > most;
  const shown = isTooMany ? annotations.slice(0, most - 1) : annotations;
  const rest: readonly Annotation[] = isTooMany
    ? [[`${annotations.length - shown.length} more`, 'GitHub shows ten annotations of a level; the report has them all.']]
    : [];
  return [...shown, ...rest].map(([title, message]) => `::${level} title=${property(title)}::${data(safeText(message, longest))}\n`);
}

/** The two escapings of https://github.com/actions/toolkit, `core/src/command.ts`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(safeText(text, 200)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Text that GitHub's log reader takes for text: a server could else give commands by what it answers, since the reader looks for them
 * at the start of every line of output, spaces or not, and for their older form anywhere in it.
 */
export function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '# #[');
}
