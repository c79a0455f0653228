/** Verdicts by area: counts, then what did not pass, in short. Full texts stand in the sections below it. */
import type { Outcome, Verdict } from '../../spec/record/index.ts';
import type { CheckInfo } from '../catalogue.ts';
import { alike } from './alike.ts';
import type { Look, Tone } from './look.ts';
import { safeText } from './safe-text.ts';
import { hanging, oneLine } from './wrap.ts';

/** In words, as in the summary; `pass` is `passed` where it is counted. */
const counted: Readonly<Record<Outcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  warn: 'warnings',
  info: 'info',
  inconclusive: 'inconclusive',
  unsupported: 'unsupported',
  'not-applicable': 'not applicable',
  skipped: 'skipped',
  'harness-error': 'harness errors',
};

const tones: Readonly<Partial<Record<Outcome, Tone>>> = {
  fail: 'bad',
  'harness-error': 'bad',
  warn: 'doubt',
  inconclusive: 'doubt',
  info: 'quiet',
  unsupported: 'quiet',
};

/** Worst first within an area. The others are only counted: what is inconclusive or unsupported is told below, by its reason. */
const shown: readonly Outcome[] = ['fail', 'harness-error', 'warn', 'info'];
const unclean: ReadonlySet<Outcome> = new Set([...shown, 'inconclusive', 'unsupported']);

/** @param isFolded Whether checks with the same findings share an entry. */
export function areas(
  verdicts: readonly Verdict[],
  checks: ReadonlyMap<string, CheckInfo>,
  look: Look,
  isFolded: boolean,
): readonly string[] {
  const all = Map.groupBy(verdicts, ({ check }) => checks.get(check)?.area ?? 'unknown');
  // Of a run of a few checks, the areas that were left out are no news.
  const byArea = [...all].filter(([, own]) => own.some(({ outcome }) => outcome !== 'skipped'));
  const label = Math.max(0, ...byArea.map(([area]) => area.length)) + 2;
  return byArea.flatMap(([area, own]) => {
    const tone = isClean(own) ? 'good' : 'strong';
    const head = hanging(area.padEnd(label), counts(own), look.width).map((line) => look.paint(tone, line));
    const notPassed = shown.flatMap((outcome) => own.filter((verdict) => verdict.outcome === outcome));
    const groups = isFolded ? alike(notPassed, () => area) : notPassed.map((verdict) => [verdict]);
    return head.concat(groups.flatMap((group) => overview(group, look)));
  });
}

function counts(verdicts: readonly Verdict[]): string {
  return Object.entries(counted)
    .map(([outcome, word]) => [verdicts.filter((verdict) => verdict.outcome === outcome).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

function isClean(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ outcome }) => !unclean.has(outcome));
}

function overview(group: readonly Verdict[], { width, paint }: Look): readonly string[] {
  const [verdict] = group;
  if (verdict === undefined) return [];
  const { check, level, outcome, findings, findingsTotal, reason, known, quarantined } = verdict;
  const [first] = findings;
  const isAlone = group.length === 1;
  const more = isAlone && findingsTotal > 1 ? ` (and ${findingsTotal - 1} more)` : '';
  const what = first === undefined ? (reason ?? 'no finding') : `${safeText(first.found)}${more}, expected ${safeText(first.expected)}`;
  const mark = known !== undefined ? ' known' : quarantined === undefined ? '' : ' quarantined';
  const name = isAlone ? check : `${group.length} checks with the same finding`;
  const [head = '', ...rest] = hanging(`  ${outcome} ${level}${mark}  `, safeText(name), width);
  return [
    head.replace(`  ${outcome}`, `  ${paint(tones[outcome] ?? 'quiet', outcome)}`),
    ...rest,
    `      ${oneLine(safeText(what), width - 6)}`,
    ...(isAlone ? [] : hanging('      ', group.map((one) => safeText(one.check)).join(', '), width)),
  ];
}
