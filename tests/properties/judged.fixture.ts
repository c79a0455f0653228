// What the general checks say of a stream, from its bytes: recorded as the runner would, judged as a run is.
import { isUtf8 } from 'node:buffer';
import type { Ending, Exchange, Verdict } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import { evidenceOf } from '../../runner/evidence.ts';
import { judge } from '../../runner/judge/judge.ts';
import { checks } from '../../suites/catalogue.ts';
import type { Evidence } from '../../suites/model/evidence.ts';

const baseUrl = 'http://127.0.0.1:8000';
const general = checks.filter(({ kind }) => kind === 'general');

export function streamed(
  request: JsonObject,
  bytes: Uint8Array,
  chunks: readonly number[],
  { ended = 'complete', contentType = 'text/event-stream; charset=utf-8' }: Readonly<{ ended?: Ending; contentType?: string }> = {},
): Evidence {
  const buffer = Buffer.from(bytes);
  const exchange: Exchange = {
    id: 'x1',
    request: {
      method: 'POST',
      url: `${baseUrl}/v1/messages`,
      headers: [
        ['content-type', 'application/json'],
        ['anthropic-version', '2023-06-01'],
      ],
      body: { kind: 'text', text: JSON.stringify(request) },
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [
        ['content-type', contentType],
        ['cache-control', 'no-cache'],
        ['request-id', 'req_01P'],
      ],
      body: isUtf8(buffer)
        ? { kind: 'text', text: buffer.toString('utf8') }
        : { kind: 'base64', base64: buffer.toString('base64'), bytes: buffer.length },
      chunks: chunks.map((offset, n) => ({ offset, at: 2 + n })),
    },
    timing: { sent: 0, headers: 1, firstByte: 2, end: 2 + chunks.length },
    connection: { id: 1, reused: false },
    inFlight: 0,
    ended,
  };
  return evidenceOf(exchange, [], { baseUrl });
}

/** Verdicts of level must that are a failure, and faults of our own. */
export function faultsIn(evidence: Evidence): readonly Verdict[] {
  return adverseIn(evidence).filter(({ outcome }) => outcome === 'fail' || outcome === 'harness-error');
}

/** Verdicts that are no pass: failures of any level, and faults of our own. */
export function adverseIn(evidence: Evidence): readonly Verdict[] {
  const verdicts = judge({
    checks: general,
    probes: [],
    evidence: [evidence],
    capabilities: [],
    required: new Set(),
    leftOut: new Map(),
    brokenProbes: new Map(),
    unsent: new Map(),
    unpaid: new Map(),
  });
  return verdicts.filter(({ outcome }) => ['fail', 'warn', 'info', 'harness-error'].includes(outcome));
}

/** One line for each, to read in a counterexample. */
export function linesOf(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.map(({ check, reason, findings }) => `${check}: ${reason ?? findings.map(({ found }) => found).join('; ')}`);
}
