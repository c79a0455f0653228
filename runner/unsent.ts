/** Evidence of a request that this run does not make: no answer, so that a probe leaves out what would follow from one. */
import type { Evidence } from '../suites/model/evidence.ts';
import type { ProbeRequest } from '../suites/model/probe.ts';
import { evidenceOf } from './evidence.ts';

/** The address of what is not sent. */
const nowhere = 'http://unsent.invalid';

export function unsentEvidence({ method, path }: ProbeRequest): Evidence {
  return evidenceOf(
    {
      id: 'unsent',
      request: { method, url: nowhere + path, headers: [] },
      timing: { sent: 0, end: 0 },
      connection: { id: 0, reused: false },
      inFlight: 0,
      ended: 'refused',
      problem: 'not sent in this run',
    },
    [],
    { baseUrl: nowhere },
  );
}
