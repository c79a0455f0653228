/**
 * What the server can do, judged once per run. Refused means: the same request without the feature was accepted, and with only the
 * feature added it got a client error with a body that parses. Ignoring a parameter with a 200 is never a refusal,
 * and a 200 that is no answer of the API shows nothing.
 * A route that is not there is refused by any 404, 405 or 501: routers answer those in words of their own, which other checks judge.
 */
import type { Capability, CapabilityFinding } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
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
        busy === true ? 'unknown' : stateOf(one, adds, control === undefined ? true : reference !== undefined && isAccepted(reference));
      const finding: CapabilityFinding = { capability: adds, state, address };
      if (rank[state] > rank[found.get(adds)?.state ?? 'none']) found.set(adds, finding);
    }
  }
  return [...found.values()];
}

const rank = { none: -1, unknown: 0, refused: 1, yes: 2 } as const;

function stateOf(evidence: Evidence, capability: Capability, controlAccepted: boolean): CapabilityFinding['state'] {
  if (isAccepted(evidence)) return 'yes';
  const { status = 0, json, ended } = evidence;
  const isReadable = json !== undefined || (routes.has(capability) && absentRoute.has(status));
  const honest = ended === 'complete' && honestRefusals.has(status) && isReadable;
  return honest && controlAccepted ? 'refused' : 'unknown';
}

/** Capabilities that are routes of their own. */
const routes: ReadonlySet<Capability> = new Set(['count-tokens', 'models']);
const absentRoute: ReadonlySet<number> = new Set([404, 405, 501]);

function isAccepted(evidence: Evidence): boolean {
  const { status, ended } = evidence;
  return ended === 'complete' && status !== undefined && status >= 200 && status < 300 && isOfApi(evidence);
}

/** Whether an answer could be one of the API at all: an object that is not an error, or a stream with any event that parses. */
export function isOfApi({ json, isStream, frames }: Evidence): boolean {
  if (isStream) return frames.some((frame) => frame.json !== undefined);
  return isJsonObject(json) && (json['error'] ?? undefined) === undefined;
}
