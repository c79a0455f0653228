import { describe, expect, test } from 'vitest';
import { checks } from '../suites/catalogue.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { fixtureMessage, fixtureRequest, jsonEvidence, refusalEvidence } from '../suites/model/evidence.fixture.ts';
import type { Check } from '../suites/model/check.ts';
import type { Outcome, Verdict } from '../spec/index.ts';
import { judge } from './judge/judge.ts';
import { verdictsForClients } from './readiness-evidence.ts';

function judged(of: readonly Check[], evidence: readonly Evidence[]): readonly Verdict[] {
  const nothing = new Map<string, string>();
  return judge({
    checks: of,
    probes: [],
    evidence,
    capabilities: [],
    required: new Set(),
    leftOut: nothing,
    brokenProbes: nothing,
    unsent: nothing,
    unpaid: nothing,
  });
}

/** How the check came out, and how it does for clients. */
function outcomes(id: string, ...evidence: readonly Evidence[]): readonly (Outcome | undefined)[] {
  const own = checks.filter((check) => check.id === id);
  const told = evidence.map((one, place) => ({ ...one, exchange: { ...one.exchange, id: `x${place}` } }));
  const all = judged(own, told);
  return [all, verdictsForClients(all, own, told, judged)].map(([verdict]) => verdict?.outcome);
}

const good = jsonEvidence(fixtureMessage);
const broken = jsonEvidence('<html>hi</html>');
const noRoute = refusalEvidence(404, '404 page not found', { endpoint: 'count-tokens', path: '/v1/messages/count_tokens' });
const noContent = { ...fixtureMessage, content: null };
const stopped: Evidence = {
  ...jsonEvidence('', { ended: 'reset' }),
  steps: [{ address: 'p/s', probe: 'p', step: 's', attempt: 1, last: true, exchange: 'x1', serverStopped: true }],
};

describe('for clients', () => {
  test.each<[string, string, readonly Evidence[], Outcome]>([
    ['a route that they can do without says nothing of messages', 'http.json.parses', [good, noRoute], 'pass'],
    ['a turn that cannot be read does', 'http.json.parses', [good, broken], 'fail'],
    ['where no turn was answered, nothing is known', 'http.json.parses', [noRoute], 'inconclusive'],
    ['a refusal that cannot be read is no turn', 'http.json.parses', [good, refusalEvidence(500, 'Internal Server Error')], 'pass'],
    [
      'a message without room is no turn',
      'messages.shape.valid',
      [good, jsonEvidence(noContent, { request: { ...fixtureRequest, max_tokens: 0 } })],
      'pass',
    ],
    ['an invalid request is no turn', 'http.json.parses', [good, jsonEvidence('<html>hi</html>', { validity: 'invalid' })], 'pass'],
    ['a message without content is one', 'messages.shape.valid', [good, jsonEvidence(noContent)], 'fail'],
    ['what was in flight as the server stopped is no turn', 'http.response.complete', [good, stopped], 'pass'],
    ['a broken connection is one', 'http.response.complete', [good, jsonEvidence('', { ended: 'reset' })], 'fail'],
    ['errors are judged by refused requests', 'errors.envelope.error-object', [refusalEvidence(400, { detail: 'no' })], 'fail'],
    ['errors of other routes are left out', 'errors.envelope.error-object', [{ ...noRoute, json: {} }], 'inconclusive'],
  ])('%s', (_, id, evidence, outcome) => {
    expect(outcomes(id, ...evidence)).toEqual(['fail', outcome]);
  });
});
