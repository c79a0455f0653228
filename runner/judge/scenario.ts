/** A scenario check over the steps it names. A step that is missing, failed or found the server busy makes it inconclusive, and is named. */
import type { ScenarioCheck } from '../../suites/model/check.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { blockerOf, type Blockers } from './blocked.ts';
import { findingsOf, harnessError, type Opinion } from './opinion.ts';

export function judgeScenario(check: ScenarioCheck, steps: ReadonlyMap<string, Evidence>, blockers: Blockers): Opinion {
  const read: Record<string, Evidence> = {};
  for (const [name, address] of Object.entries(check.reads)) {
    const evidence = steps.get(address);
    if (evidence === undefined) return { ...nothingJudged, reason: `step ${address} was not sent`, missingStep: address };
    const obstacle = obstacleOf(evidence, address);
    if (obstacle !== undefined) return { ...nothingJudged, reason: obstacle };
    const blocker = blockerOf(check, evidence.exchange.id, blockers);
    if (blocker !== undefined)
      return { ...nothingJudged, reason: `blocked by ${blocker}`, spoilt: new Map([[evidence.exchange.id, blocker]]) };
    read[name] = evidence;
  }
  try {
    const judgement = check.judge(read);
    switch (judgement.outcome) {
      case 'pass':
        return { outcome: 'pass', findings: [], findingsTotal: 0, judged: 1, spoilt: new Map() };
      case 'fail': {
        const [fallback] = Object.values(read);
        const places = judgement.deviations.map(({ of }) => (of ?? fallback)?.exchange.id).filter((id) => id !== undefined);
        const findings = fallback === undefined ? [] : findingsOf(judgement.deviations, fallback);
        return {
          outcome: 'fail',
          findings,
          findingsTotal: judgement.deviations.length,
          judged: 1,
          spoilt: new Map(places.map((id) => [id, check.id])),
        };
      }
      case 'inconclusive':
      case 'not-applicable':
        return { ...nothingJudged, outcome: judgement.outcome, reason: judgement.reason };
    }
  } catch (error) {
    return harnessError(error);
  }
}

const nothingJudged: Opinion = { outcome: 'inconclusive', findings: [], findingsTotal: 0, judged: 0, spoilt: new Map() };

function obstacleOf({ ended, exchange, steps }: Evidence, address: string): string | undefined {
  if (steps.some((step) => step.busy && `${step.probe}/${step.step}` === address)) return `step ${address}: server busy`;
  // What the end of the run cut short shows nothing; what the probe meant to cut does.
  if (ended === 'complete' || (ended === 'aborted-by-us' && steps.some(({ hungUp }) => hungUp))) return undefined;
  return `step ${address} failed: ${exchange.problem ?? ended}`;
}
