/** What a probe sees of the run. */
import type { Evidence } from '../suites/model/evidence.ts';
import type { LadderOptions, ProbeClient, ProbeRequest } from '../suites/model/probe.ts';
import type { Session } from './session.ts';

/** What probes are told of the server. */
export type ProbeTarget = Pick<ProbeClient, 'model' | 'modelsPath'>;

export function probeClient(probe: string, session: Session, { model, modelsPath }: ProbeTarget): ProbeClient {
  return {
    model,
    modelsPath,
    send: (step, request, options) => session.send(probe, step, request, options),
    ladder: async (step, requests, options) => climb((request) => session.send(probe, step, request, options), requests, options),
  };
}

/** One rung after the other, until an answer has what the step is about. */
async function climb(
  send: (request: ProbeRequest) => Promise<Evidence>,
  [first, ...others]: readonly [ProbeRequest, ...ProbeRequest[]],
  { until }: LadderOptions,
): Promise<Evidence> {
  let evidence = await send(first);
  for (const request of others) {
    if (until(evidence)) break;
    evidence = await send(request);
  }
  return evidence;
}
