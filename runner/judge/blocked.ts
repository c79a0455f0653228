/** Faults cascade, verdicts must not: which failures make a check unjudgeable on an exchange. */
import type { Check } from '../../suites/model/check.ts';
import { gatesBelow } from '../../suites/model/layers.ts';

/** For each check judged so far: the exchanges on which it failed or was blocked, each with the check that failed at the root of it. */
export type Blockers = Map<string, ReadonlyMap<string, string>>;

/** The checks that this one waits for: those it names, and the gates of the layers below it. */
export function awaited(check: Check): readonly string[] {
  return [...(check.after ?? []), ...gatesBelow(check.layer)].filter((id) => id !== check.id);
}

/** The check whose failure on that exchange makes this one unjudgeable there, also by way of others. */
export function blockerOf(check: Check, exchange: string, blockers: Blockers): string | undefined {
  for (const id of awaited(check)) {
    const root = blockers.get(id)?.get(exchange);
    if (root !== undefined) return root;
  }
  return undefined;
}

/** Every check after those it waits for. @throws where checks wait for each other in a circle. */
export function inJudgingOrder(checks: readonly Check[]): readonly Check[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const ordered: Check[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (check: Check): void => {
    if (state.get(check.id) === 'done') return;
    if (state.get(check.id) === 'open') throw new Error(`check ${check.id} waits for itself`);
    state.set(check.id, 'open');
    for (const id of awaited(check)) {
      const other = byId.get(id);
      if (other !== undefined) visit(other);
    }
    state.set(check.id, 'done');
    ordered.push(check);
  };
  for (const check of checks) visit(check);
  return ordered;
}
