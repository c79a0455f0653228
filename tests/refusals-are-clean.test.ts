// What the reference server refuses, and what was aborted, gives the general checks nothing to find: they are made for answers to good requests.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startReferenceServer, type ReferenceServer } from '../reference-server/serve.ts';
import { evidenceOf } from '../runner/evidence.ts';
import { openRun } from '../runner/open-run.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { judged } from './judged.fixture.ts';

/** They take seconds on the bundled model, and refuse next to nothing. */
const slow: ReadonlySet<string> = new Set(['claude-code', 'tool-options', 'tool-definition-forms', 'cache-repeat']);
const apiKey = 'sk-test-0123456789abcdef';

const isRefused = ({ status = 0 }: Evidence): boolean => status >= 400;
const isAborted = ({ ended }: Evidence): boolean => ended === 'aborted-by-us';
const isBadInput = ({ request }: Evidence): boolean => request.validity === 'invalid';

let server: ReferenceServer;
let evidence: readonly Evidence[] = [];

beforeAll(async () => {
  server = await startReferenceServer({ apiKeys: [apiKey] });
  const open = openRun({ baseUrl: server.url, apiKey, timeoutMs: 60_000 });
  try {
    await open.begin();
    await open.send(open.agenda.planned.map(({ id }) => id).filter((id) => !slow.has(id)));
  } finally {
    await open.close();
  }
  const { steps, exchanges } = open.record();
  evidence = exchanges.map((exchange) =>
    evidenceOf(
      exchange,
      steps.filter((step) => step.exchange === exchange.id),
      { baseUrl: server.url },
    ),
  );
}, 120_000);

afterAll(() => server.close());

describe('the general checks find nothing in', () => {
  test.each([
    ['bad input', isBadInput, 150],
    ['what was refused', isRefused, 250],
    ['what was aborted', isAborted, 3],
  ] as const)('%s', (_title, isOne, least) => {
    const some = evidence.filter(isOne);
    expect(some.length).toBeGreaterThanOrEqual(least);
    const findings = judged(some).flatMap((verdict) =>
      verdict.findings.map(({ at, found }) => `${verdict.outcome} ${verdict.check}: ${found} at ${at?.address}`),
    );
    expect(findings).toEqual([]);
    expect(judged(some).filter(({ outcome }) => outcome === 'harness-error')).toEqual([]);
  });
});
