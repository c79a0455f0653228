/** What the reference server is asked by some probes, and what the general checks make of the part that was refused or aborted. */
import { beforeAll, describe, expect, test } from 'vitest';
import { startReferenceServer } from '../reference-server/serve.ts';
import { evidenceOf } from '../runner/evidence.ts';
import { openRun } from '../runner/open-run.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { judged } from './judged.fixture.ts';

/** They take seconds on the bundled model, and refuse next to nothing. */
export const slowProbes: ReadonlySet<string> = new Set([
  'claude-code',
  'claude-code-size',
  'tool-options',
  'tool-definition-forms',
  'cache-repeat',
]);

const apiKey = 'sk-test-0123456789abcdef';

/** Kinds of exchange that the general checks were not made for. */
const spoilt = {
  'bad input': ({ request }: Evidence): boolean => request.validity === 'invalid',
  'what was refused': ({ status = 0 }: Evidence): boolean => status >= 400,
  'what was aborted': ({ ended }: Evidence): boolean => ended === 'aborted-by-us',
} as const;

/** Everything that the wanted probes record. */
async function recordedBy(isWanted: (probe: string) => boolean): Promise<readonly Evidence[]> {
  const server = await startReferenceServer({ apiKeys: [apiKey] });
  // Named one and all, so that costly probes are sent too.
  const open = openRun({ baseUrl: server.url, apiKey, timeoutMs: 60_000, only: ['*'] });
  try {
    await open.begin();
    await open.send(open.agenda.planned.map(({ id }) => id).filter(isWanted));
  } finally {
    await open.close();
    await server.close();
  }
  const { steps, exchanges } = open.record();
  return exchanges.map((exchange) =>
    evidenceOf(
      exchange,
      steps.filter((step) => step.exchange === exchange.id),
      { baseUrl: server.url },
    ),
  );
}

/** What the general checks find, and where they break. */
function findingsIn(evidence: readonly Evidence[]): readonly string[] {
  return judged(evidence).flatMap(({ check, outcome, reason, findings }) => [
    ...findings.map(({ at, found }) => `${outcome} ${check}: ${found} at ${at?.address}`),
    ...(outcome === 'harness-error' ? [`${outcome} ${check}: ${reason}`] : []),
  ]);
}

/** Registers a test for each kind. Of each there has to be some number, lest nothing is judged. */
export function describeCleanRefusals(isWanted: (probe: string) => boolean): void {
  let evidence: readonly Evidence[] = [];

  beforeAll(async () => {
    evidence = await recordedBy(isWanted);
  }, 300_000);

  describe('the general checks find nothing in', () => {
    test.each([
      ['bad input', 150],
      ['what was refused', 250],
      ['what was aborted', 3],
    ] as const)('%s', (kind, least) => {
      const some = evidence.filter(spoilt[kind]);
      expect(some.length).toBeGreaterThanOrEqual(least);
      expect(findingsIn(some)).toEqual([]);
    });
  });
}
