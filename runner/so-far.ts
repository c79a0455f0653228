/** Verdicts while a run is in progress: by what was sent so far, and without judging everything again for each check that is asked about. */
import type { Verdict } from '../spec/index.ts';
import { checks } from '../suites/catalogue.ts';
import type { Check } from '../suites/model/check.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { awaited } from './judge/blocked.ts';
import { judgeSent, type Sent } from './record.ts';
import { probesOf } from './select.ts';

const byId: ReadonlyMap<string, Check> = new Map(checks.map((check) => [check.id, check]));

interface Known {
  readonly steps: number;
  readonly because: string | undefined;
  readonly evidence: readonly Evidence[];
  /** Everything judged; made when a general check first asks. */
  verdicts?: ReadonlyMap<string, Verdict>;
}

/** @param sent what there is now. */
export function verdictsOf(sent: () => Sent): (check: Check) => Verdict {
  let known: Known | undefined;
  return (check) => {
    const now = sent();
    now.session.markStops();
    const { length: steps } = now.session.steps;
    if (known?.steps !== steps || known.because !== now.endedBecause) {
      known = { steps, because: now.endedBecause, evidence: now.session.allEvidence() };
    }
    // A general check folds over all exchanges. A scenario stands on those of its probes, and on what those that it waits for say of them.
    if (check.kind === 'scenario' && known.verdicts === undefined) {
      const family = familyOf(check);
      const probes = probesOf(family);
      const own = known.evidence.filter((one) => one.steps.some(({ probe }) => probes.has(probe)));
      return found(judgeSent(now, { checks: family, evidence: own, all: known.evidence }), check);
    }
    known.verdicts ??= new Map(judgeSent(now, { checks, evidence: known.evidence, all: known.evidence }).map((each) => [each.check, each]));
    return found([...known.verdicts.values()], check);
  };
}

function found(verdicts: readonly Verdict[], { id }: Check): Verdict {
  const verdict = verdicts.find(({ check }) => check === id);
  if (verdict === undefined) throw new Error(`check ${id} was not judged`);
  return verdict;
}

/** The check and all that it waits for, directly or by way of others. */
function familyOf(check: Check): readonly Check[] {
  const family = new Set<Check>([check]);
  // A set that grows while it is walked is walked to its end.
  for (const member of family) {
    for (const id of awaited(member)) {
      const other = byId.get(id);
      if (other !== undefined) family.add(other);
    }
  }
  return [...family];
}
