/** Which probes a token budget pays for: the dearest for what they show are dropped first. What a probe may cost is the sum of its max_tokens. */
import type { Level } from '../spec/index.ts';

/** What the choice looks at of a probe: itself, or its entry in the catalogue. */
export interface Payable {
  readonly id: string;
  readonly cost: { readonly outputTokens: number };
}

/** What it looks at of a check. */
export interface Valued {
  readonly level: Level;
  /** Probes that it reads. */
  readonly probes: readonly string[];
}

const weights: Readonly<Record<Level, number>> = { must: 4, should: 2, may: 1 };

/** Most output tokens of all probes together. */
export function tokensOf(probes: readonly Payable[]): number {
  return probes.reduce((sum, { cost }) => sum + cost.outputTokens, 0);
}

/** Ids of the probes to drop, so that the others stay within `budget` output tokens. */
export function beyondBudget(probes: readonly Payable[], checks: readonly Valued[], budget: number): ReadonlySet<string> {
  const worth = new Map(
    probes.map(({ id, cost }) => [id, cost.outputTokens === 0 ? Number.POSITIVE_INFINITY : valueOf(id, checks) / cost.outputTokens]),
  );
  const dearestFirst = probes.toSorted((a, b) => (worth.get(a.id) ?? 0) - (worth.get(b.id) ?? 0));
  const dropped = new Set<string>();
  let tokens = tokensOf(probes);
  for (const { id, cost } of dearestFirst) {
    if (tokens <= budget) break;
    dropped.add(id);
    tokens -= cost.outputTokens;
  }
  return dropped;
}

/** A check that reads several probes is shown by each in part. */
function valueOf(probe: string, checks: readonly Valued[]): number {
  return checks.reduce((sum, { level, probes }) => (probes.includes(probe) ? sum + weights[level] / probes.length : sum), 0);
}
