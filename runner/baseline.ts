/** Known failures: which verdicts a baseline covers, and which of its entries are out of date. Nothing it lists ever becomes a pass. */
import type { AppliedBaseline, BaselineEntry, BaselineState, Finding, Outcome, Step, Verdict } from '../spec/index.ts';

/** The baseline of a run. */
export interface BaselineForRun {
  readonly entries: readonly BaselineEntry[];
  /** Path of the file, for the reports. */
  readonly file?: string;
  /** Whether stale entries make exit 1. Default false. */
  readonly strict?: boolean;
}

/** What it is held against. */
export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly steps: readonly Step[];
  /** When the run began: entries expire by its day, not by that of the reader. */
  readonly startedAt: Date;
  /** Whether all probes were sent. What passed on half of the evidence may still fail. */
  readonly isFinished: boolean;
}

const failures: ReadonlySet<Outcome> = new Set(['fail', 'warn', 'info']);

/** Verdicts, those that are known marked so, and what became of each entry. Without a baseline, the verdicts as they were. */
export function applyBaseline(
  baseline: BaselineForRun | undefined,
  judged: Judged,
): { readonly verdicts: readonly Verdict[]; readonly applied?: AppliedBaseline } {
  if (baseline === undefined) return { verdicts: judged.verdicts };
  const { entries, file, strict = false } = baseline;
  const today = judged.startedAt.toISOString().slice(0, 10);
  const addresses = addressesOf(judged.steps);
  const byCheck = Map.groupBy(entries, ({ check }) => check);
  const byId = new Map(judged.verdicts.map((verdict) => [verdict.check, verdict]));
  const covers = ({ address }: BaselineEntry, { at }: Finding): boolean =>
    address === undefined || (at !== undefined && addresses.get(at.exchange)?.has(address) === true);

  return {
    verdicts: judged.verdicts.map((verdict) => {
      const known = knownIn(verdict);
      return known === undefined ? verdict : { ...verdict, known };
    }),
    applied: {
      ...(file === undefined ? {} : { file }),
      strict,
      entries: entries.map((entry) => Object.assign({}, entry, { state: stateOf(entry) })),
    },
  };

  function isExpired({ expires }: BaselineEntry): boolean {
    return expires !== undefined && expires < today;
  }

  /** Known is what is known in whole: one finding that no entry covers, and the check gates. */
  function knownIn({ check, outcome, findings, findingsTotal }: Verdict): Verdict['known'] {
    if (!failures.has(outcome)) return undefined;
    const live = (byCheck.get(check) ?? []).filter((entry) => !isExpired(entry));
    const everywhere = live.find(({ address }) => address === undefined);
    if (everywhere !== undefined) return reasonOf([everywhere]);
    const isSeenWhole = findings.length > 0 && findings.length === findingsTotal;
    if (!isSeenWhole || !findings.every((finding) => live.some((entry) => covers(entry, finding)))) return undefined;
    return reasonOf(live.filter((entry) => findings.some((finding) => covers(entry, finding))));
  }

  function stateOf(entry: BaselineEntry): BaselineState {
    const verdict = byId.get(entry.check);
    if (verdict === undefined || (verdict.outcome !== 'pass' && !failures.has(verdict.outcome))) return 'not-judged';
    const { outcome, findings, findingsTotal } = verdict;
    if (failures.has(outcome) && (entry.address === undefined || findings.some((finding) => covers(entry, finding)))) {
      return isExpired(entry) ? 'expired' : 'known';
    }
    const wasSent = entry.address === undefined || [...addresses.values()].some((own) => own.has(entry.address ?? ''));
    return wasSent && judged.isFinished && findings.length === findingsTotal ? 'stale' : 'not-judged';
  }
}

/** What the entries say together. */
function reasonOf(entries: readonly BaselineEntry[]): NonNullable<Verdict['known']> {
  const link = entries.find((entry) => entry.link !== undefined)?.link;
  const [expires] = entries.flatMap((entry) => entry.expires ?? []).toSorted();
  return {
    reason: [...new Set(entries.map(({ reason }) => reason))].join('; '),
    ...(link === undefined ? {} : { link }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** Every address that sent an exchange, with and without the attempt: which of a ladder's prompts showed a fault is chance. */
function addressesOf(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const addresses = new Map<string, Set<string>>();
  for (const { exchange, address, probe, step } of steps) {
    const own = addresses.get(exchange) ?? new Set<string>();
    addresses.set(exchange, own.add(address).add(`${probe}/${step}`));
  }
  return addresses;
}
