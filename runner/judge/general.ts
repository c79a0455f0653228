/** A general check over all exchanges of its kind: any fail is fail, else any pass is pass, else inconclusive, else not-applicable. */
import type { Finding } from '../../spec/index.ts';
import type { GeneralCheck } from '../../suites/model/check.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import type { Judgement } from '../../suites/model/judgement.ts';
import { blockerOf, type Blockers } from './blocked.ts';
import { findingsOf, firstFindings, harnessError, type Opinion } from './opinion.ts';
import { Unknowable } from './unknowable.ts';

export function judgeGeneral(check: GeneralCheck, evidence: readonly Evidence[], blockers: Blockers): Opinion {
  const lists: (readonly Finding[])[] = [];
  const spoilt = new Map<string, string>();
  const reasons: { inconclusive?: string; notApplicable?: string } = {};
  let passed = 0;
  let failed = 0;
  let total = 0;
  for (const one of evidence) {
    try {
      if (!check.reads.matches(one)) continue;
      const blocker = blockerOf(check, one.exchange.id, blockers);
      if (blocker !== undefined) {
        reasons.inconclusive ??= `blocked by ${blocker}`;
        spoilt.set(one.exchange.id, blocker);
        continue;
      }
      const judgement: Judgement = check.judge(one);
      switch (judgement.outcome) {
        case 'pass':
          passed += 1;
          break;
        case 'fail':
          failed += 1;
          spoilt.set(one.exchange.id, check.id);
          total += judgement.deviations.length;
          lists.push(findingsOf(judgement.deviations, one));
          break;
        case 'inconclusive':
          reasons.inconclusive ??= judgement.reason;
          break;
        case 'not-applicable':
          reasons.notApplicable ??= judgement.reason;
          break;
      }
    } catch (error) {
      if (!(error instanceof Unknowable)) return harnessError(error);
      reasons.inconclusive ??= error.message;
    }
  }
  const judged = passed + failed;
  const base = { findings: firstFindings(lists), findingsTotal: total, judged, spoilt };
  if (failed > 0) return { ...base, outcome: 'fail' };
  if (passed > 0) return { ...base, outcome: 'pass' };
  if (reasons.inconclusive !== undefined) return { ...base, outcome: 'inconclusive', reason: reasons.inconclusive };
  if (reasons.notApplicable !== undefined) return { ...base, outcome: 'not-applicable', reason: reasons.notApplicable };
  return { ...base, outcome: 'inconclusive', reason: `nothing to judge: no ${check.reads.name}`, nothing: true };
}
