// A request that failed on its way says nothing: whatever breaks, no check passes that would not have passed, nor any that had to read it.
import { beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import { evidenceOf } from '../runner/evidence.ts';
import { capabilitiesOf } from '../runner/judge/capabilities.ts';
import { judge } from '../runner/judge/judge.ts';
import { run } from '../runner/index.ts';
import type { Exchange, RunRecord, Verdict } from '../spec/index.ts';
import { checks, probes } from '../suites/catalogue.ts';
import type { Evidence } from '../suites/model/evidence.ts';

let record: RunRecord;
let evidence: readonly Evidence[];
let whole: ReadonlySet<string>;

beforeAll(async () => {
  await using server = await listen(createMock({ apiKeys: [] }), { port: 0 });
  record = await run({ baseUrl: server.url, timeoutMs: 5000 });
  evidence = record.exchanges.map((exchange) => viewOf(exchange));
  whole = passedIn(evidence);
}, 60_000);

const lost = ({ response: _response, ...exchange }: Exchange): Exchange => ({
  ...exchange,
  ended: 'reset',
  problem: 'The connection broke.',
});
const cut = (exchange: Exchange): Exchange => ({ ...exchange, ended: 'reset', problem: 'The connection broke.' });
const silent = ({ response: _response, ...exchange }: Exchange): Exchange => ({
  ...exchange,
  ended: 'timed-out-by-us',
  problem: 'Silent for 5 s.',
});

/** Each probe fails in one of these rounds. */
const rounds = 10;

describe.each([
  ['broke before the answer', lost],
  ['broke in the answer', cut],
  ['were never answered', silent],
] as const)('where some requests %s', (_title, fail) => {
  test.each(Array.from({ length: rounds }, (_, round) => round))('no check passes by it (round %d)', { timeout: 30_000 }, (round) => {
    const broken = new Set(probes.filter((_probe, index) => index % rounds === round).map(({ id }) => id));
    const spoilt = new Set(record.steps.filter(({ probe }) => broken.has(probe)).map(({ exchange }) => exchange));
    expect(spoilt.size).toBeGreaterThan(0);
    const passed = passedIn(evidence.map((one) => (spoilt.has(one.exchange.id) ? viewOf(fail(one.exchange)) : one)));
    expect([...passed].filter((check) => !whole.has(check))).toEqual([]);
    const readers = checks.filter(
      (check) => check.kind === 'scenario' && Object.values(check.reads).some((address) => isIn(spoilt, address)),
    );
    expect(readers.length).toBeGreaterThan(0);
    expect(readers.filter(({ id }) => passed.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

function isIn(spoilt: ReadonlySet<string>, address: string): boolean {
  return record.steps.some(({ probe, step, last, exchange }) => last && `${probe}/${step}` === address && spoilt.has(exchange));
}

function viewOf(exchange: Exchange): Evidence {
  const steps = record.steps.filter((step) => step.exchange === exchange.id);
  return evidenceOf(exchange, steps, { baseUrl: record.target.baseUrl, preflight: steps.every(({ probe }) => probe === 'preflight') });
}

function passedIn(all: readonly Evidence[]): ReadonlySet<string> {
  const verdicts: readonly Verdict[] = judge({
    checks,
    probes,
    evidence: all.filter(({ steps }) => steps.length > 0),
    capabilities: capabilitiesOf(all),
    required: new Set(),
    leftOut: new Map(),
    brokenProbes: new Map(),
    unsent: new Map(),
    unpaid: new Map(),
  });
  expect(verdicts.filter(({ outcome }) => outcome === 'harness-error')).toEqual([]);
  return new Set(verdicts.filter(({ outcome }) => outcome === 'pass').map(({ check }) => check));
}
