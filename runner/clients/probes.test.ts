/** The probes of the area `sdk` send what they declare, and cost no more than they say. */
import { describe, expect, test } from 'vitest';
import { probes } from '../../suites/catalogue.ts';
import { at, tokens } from '../../suites/reading.ts';
import { evidenceOf } from '../evidence.ts';
import { run } from '../run.ts';
import { sdkServer, type Ways } from './sdk-server.fixture.ts';

const subjects = probes.filter(({ id }) => id === 'sdk' || id.startsWith('sdk-'));

/** Servers that make the SDK ask as often as it may. */
const demanding: readonly Ways[] = [
  {},
  {
    models: (query) => ({ data: [{ id: `${query.get('after_id') ?? ''}m` }], has_more: true, last_id: `${query.get('after_id') ?? ''}m` }),
  },
  { thread: 'ignored' },
];

describe.each(demanding)('with %o', (ways) => {
  test('they send steps that they declare, at no more than the declared cost', async () => {
    await using server = await sdkServer(ways);
    const { steps, exchanges } = await run({ baseUrl: server.url, model: 'm', timeoutMs: 2000, only: ['sdk.*'] });
    for (const { id, steps: declared, cost } of subjects) {
      const own = steps.filter(({ probe }) => probe === id);
      const ids = new Set(own.map(({ exchange }) => exchange));
      const bodies = exchanges.filter((one) => ids.has(one.id)).map((one) => evidenceOf(one, [], { baseUrl: server.url }).request.json);
      const outputTokens = bodies.reduce((sum: number, body) => sum + (tokens(body, 'max_tokens') ?? 0), 0);
      expect(own.length).toBeGreaterThan(0);
      expect(own.filter(({ step }) => !declared.includes(step))).toEqual([]);
      expect(cost.requests).toBe(declared.length);
      expect(outputTokens).toBeLessThanOrEqual(cost.outputTokens);
    }
  });
});

test('the SDK sends the version of today, and nothing of the suite', async () => {
  await using server = await sdkServer();
  const { steps, exchanges } = await run({ baseUrl: server.url, model: 'm', timeoutMs: 2000, only: ['sdk.create.content'] });
  const id = steps.find(({ address }) => address === 'sdk/create')?.exchange;
  const headers = Object.fromEntries(exchanges.find((exchange) => exchange.id === id)?.request.headers ?? []);
  expect(headers).toMatchObject({ 'anthropic-version': '2026-10-21', 'user-agent': expect.stringMatching(/^Anthropic\/JS 1\./) });
  expect(at(headers, 'x-api-key')).toBeUndefined();
});
