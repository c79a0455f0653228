/**
 * What the server can do, judged once per run. Refused means: the same request without the feature was accepted, and with only the
 * feature added it got a client error with a body that parses. Ignoring a parameter with a 200 is never a refusal.
 */
import type { Capability, CapabilityFinding } from '../../spec/index.ts';
import type { Evidence } from '../../suites/model/evidence.ts';

const honestRefusals: ReadonlySet<number> = new Set([400, 404, 405, 422, 501]);

/** One finding for each capability that any step was about. */
export function capabilitiesOf(evidence: readonly Evidence[]): readonly CapabilityFinding[] {
  const byAddress = new Map(
    evidence.flatMap((one) => one.steps.filter(({ last }) => last).map((step) => [`${step.probe}/${step.step}`, one])),
  );
  const found = new Map<Capability, CapabilityFinding>();
  for (const one of evidence) {
    for (const { adds, control, address, probe, busy, last } of one.steps) {
      if (adds === undefined || !last) continue;
      const reference = control === undefined ? undefined : byAddress.get(`${probe}/${control}`);
      const state =
        busy === true ? 'unknown' : stateOf(one, control === undefined ? true : reference !== undefined && isAccepted(reference));
      const finding: CapabilityFinding = { capability: adds, state, address };
      if (rank[state] > rank[found.get(adds)?.state ?? 'none']) found.set(adds, finding);
    }
  }
  return [...found.values()];
}

const rank = { none: -1, unknown: 0, refused: 1, yes: 2 } as const;

function stateOf(evidence: Evidence, controlAccepted: boolean): CapabilityFinding['state'] {
  if (isAccepted(evidence)) return 'yes';
  const { status, json, ended } = evidence;
  const honest = ended === 'complete' && status !== undefined && honestRefusals.has(status) && json !== undefined;
  return honest && controlAccepted ? 'refused' : 'unknown';
}

function isAccepted({ status, ended }: Evidence): boolean {
  return ended === 'complete' && status !== undefined && status >= 200 && status < 300;
}
