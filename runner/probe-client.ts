/** What a probe sees of the run. */
import type { Evidence } from '../suites/model/evidence.ts';
import type { LadderOptions, Probe, ProbeClient, ProbeRequest } from '../suites/model/probe.ts';
import type { Session } from './session.ts';
import { unsentEvidence } from './unsent.ts';

/** What probes are told of the server. */
export type ProbeTarget = Pick<ProbeClient, 'model' | 'modelsPath'> & {
  /** Addresses to send; what is not among them is not sent. Undefined: all. */
  readonly steps?: ReadonlySet<string> | undefined;
};

/** @throws Error where the probe has more requests in flight than it declares: what it costs a server is known before it is sent. */
export function probeClient(
  { id, parallel = 1 }: Pick<Probe, 'id' | 'parallel'>,
  session: Pick<Session, 'send' | 'sdk'>,
  target: ProbeTarget,
): ProbeClient {
  let inFlight = 0;
  const counted = async <Result>(step: string, work: () => Promise<Result>): Promise<Result> => {
    if (inFlight === parallel) throw new Error(`probe ${id} declares parallel: ${parallel}, and ${step} would be one more`);
    inFlight += 1;
    try {
      return await work();
    } finally {
      inFlight -= 1;
    }
  };
  const isSent = (step: string): boolean => target.steps?.has(`${id}/${step}`) !== false;
  const send: ProbeClient['send'] = async (step, request, options) =>
    isSent(step) ? await counted(step, () => session.send(id, step, request, options)) : unsentEvidence(request);
  return {
    model: target.model,
    modelsPath: target.modelsPath,
    send,
    ladder: async (step, requests, options) => climb((request) => send(step, request, options), requests, options),
    sdk: async (steps, use, options) =>
      isSent(steps[0])
        ? await counted(steps[0], () => session.sdk(id, steps, use, options))
        : unsentEvidence({ method: 'POST', path: '/v1/messages' }),
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
