/** The conformance suite without a wire: its probes through a `fetch`, and its checks over what was read. */
import { capabilitiesOf } from '../runner/judge/capabilities.ts';
import { judge } from '../runner/judge/judge.ts';
import { probeClient } from '../runner/probe-client.ts';
import { Session } from '../runner/session.ts';
import type { Verdict } from '../spec/index.ts';
import { checks, probes } from '../suites/catalogue.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { fetchRecorder } from './fetch-recorder.fixture.ts';
import type { Served } from './parity.fixture.ts';

const modelsPath = '/v1/models';

/** Everything that the probes got for an answer. */
export async function askAll({ baseUrl, fetch }: Served): Promise<readonly Evidence[]> {
  const session = new Session({
    recorder: fetchRecorder(fetch),
    addressee: () => ({ baseUrl, auth: 'none', apiKey: undefined, apiVersion: '2023-06-01', headers: [], userAgent: 'test' }),
    modelsPath,
    signal: new AbortController().signal,
    sleep: () => Promise.resolve(),
    knock: () => Promise.resolve('at-once'),
  });
  const target = { model: 'mock-model', modelsPath };
  for (const probe of probes) if (probe.needsKey !== true) await probe.run(probeClient(probe, session, target));
  return session.allEvidence();
}

/** The verdicts of all general checks. */
export function judged(evidence: readonly Evidence[]): readonly Verdict[] {
  return judge({
    checks: checks.filter(({ kind }) => kind === 'general'),
    probes: [],
    evidence,
    capabilities: capabilitiesOf(evidence),
    required: new Set(),
    leftOut: new Map(),
    brokenProbes: new Map(),
    unsent: new Map(),
    unpaid: new Map(),
  });
}

/** What is wrong, in words. */
export function troublesIn(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'harness-error')
    .map(
      ({ check, findings: [first], reason }) =>
        `${check}: ${reason ?? `${first?.at?.address}: expected ${first?.expected}, found ${first?.found}`}`,
    );
}
