import { describe, expect, test } from 'vitest';
import type { Step } from '../../spec/index.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import { jsonEvidence } from '../../suites/model/evidence.fixture.ts';
import { capabilitiesOf } from './capabilities.ts';

function answer(step: string, status: number, body: unknown, more: Partial<Step> = {}): Evidence {
  const base = jsonEvidence(body, { status });
  const exchange = { ...base.exchange, id: step };
  return { ...base, exchange, steps: [{ address: `p/${step}`, probe: 'p', step, attempt: 1, last: true, exchange: step, ...more }] };
}

const refusal = { type: 'error', error: { type: 'invalid_request_error', message: 'no tools here' } };
const tools = { adds: 'tools', control: 'plain' } as const;

describe('a capability', () => {
  test('is there where the request with it is accepted', () => {
    expect(capabilitiesOf([answer('plain', 200, {}), answer('tools', 200, {}, tools)])).toEqual([
      { capability: 'tools', state: 'yes', address: 'p/tools' },
    ]);
  });

  test.each([400, 404, 405, 422, 501])('is refused by %d with a body that parses, where the control was accepted', (status) => {
    expect(capabilitiesOf([answer('plain', 200, {}), answer('tools', status, refusal, tools)])).toEqual([
      { capability: 'tools', state: 'refused', address: 'p/tools' },
    ]);
  });

  test.each(['<html>hi</html>', [], { error: 'Unexpected endpoint' }])('is unknown where the answer is 200 with %o', (body) => {
    const [found] = capabilitiesOf([answer('plain', 200, {}), answer('tools', 200, body, tools)]);
    expect(found?.state).toBe('unknown');
  });

  test('is unknown where the control was refused too', () => {
    expect(capabilitiesOf([answer('plain', 400, refusal), answer('tools', 400, refusal, tools)])).toMatchObject([{ state: 'unknown' }]);
  });

  test.each([
    [500, refusal],
    [400, '<html>'],
  ])('is unknown where the answer is %d %o: that is a fault, not a refusal', (status, body) => {
    expect(capabilitiesOf([answer('plain', 200, {}), answer('tools', status, body, tools)])).toMatchObject([{ state: 'unknown' }]);
  });

  test.each([
    ['count-tokens', 404, 'refused'],
    ['models', 405, 'refused'],
    ['models', 501, 'refused'],
    ['models', 400, 'unknown'],
    ['count-tokens', 500, 'unknown'],
    ['tools', 404, 'unknown'],
  ] as const)('that is %s, answered %d in the words of a router, is %s', (adds, status, state) => {
    const found = capabilitiesOf([answer('plain', 200, {}), answer('route', status, 'page not found', { adds, control: 'plain' })]);
    expect(found).toEqual([{ capability: adds, state, address: 'p/route' }]);
  });

  test('is there if any step shows it', () => {
    const steps = [answer('plain', 200, {}), answer('tools', 400, refusal, tools), answer('others', 200, {}, tools)];
    expect(capabilitiesOf(steps)).toEqual([{ capability: 'tools', state: 'yes', address: 'p/others' }]);
  });

  test('is unknown where the server was busy', () => {
    expect(capabilitiesOf([answer('plain', 200, {}), answer('tools', 400, refusal, { ...tools, busy: true })])).toMatchObject([
      { state: 'unknown' },
    ]);
  });
});
