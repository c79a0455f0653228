// What is sent and judged where a user wants less than everything: --quick, --client, --token-budget, and what plan says of it before.
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../spec/index.ts';
import { conformance, startServer } from './cli.fixture.ts';

/** Requests that were answered with a message. */
function generating(record: RunRecord | undefined): number {
  return (
    record?.exchanges.filter(({ request, response }) => /\/v1\/messages(\?|$)/.test(request.url) && response?.status === 200).length ?? 0
  );
}

function skipped(record: RunRecord | undefined, check: string): string | undefined {
  const verdict = record?.verdicts.find((one) => one.check === check);
  return verdict?.outcome === 'skipped' ? verdict.reason : undefined;
}

describe('conformance', () => {
  test('--quick sends at most twelve requests that generate, and judges a hundred checks by them', async () => {
    await using server = await startServer(['mock']);
    const { code, record } = await conformance(['--base-url', server.url, '--quick']);
    expect(code).toBe(0);
    expect(generating(record)).toBeLessThanOrEqual(12);
    expect(record?.totals.pass).toBeGreaterThan(100);
    expect(record?.totals.inconclusive).toBe(0);
    expect(skipped(record, 'thinking.adaptive.handled')).toBe('not selected by --quick');
  });

  test('--quick finds what is broken', async () => {
    await using server = await startServer(['mock', '--fault', 'no-message-stop']);
    const { code, stdout } = await conformance(['--base-url', server.url, '--quick']);
    expect(code).toBe(1);
    expect(stdout).toContain('stream.order.ends-with-message-stop');
  });

  test('--token-budget drops probes, and says which checks were skipped for it', async () => {
    await using server = await startServer(['mock']);
    const { code, record } = await conformance(['--base-url', server.url, '--token-budget', '500']);
    expect(code).toBe(0);
    expect(skipped(record, 'tool-choice.any.calls-a-tool')).toMatch(
      /^beyond --token-budget 500: probe tool-forced may take \d+ output tokens$/,
    );
    // What is refused, or hung up on, costs nothing whatever it asks for.
    const asked = record?.exchanges.flatMap(({ request, response, ended }) =>
      response?.status === 200 && ended === 'complete' && request.body?.kind === 'text'
        ? [Number(/"max_tokens":(\d+)/.exec(request.body.text)?.[1] ?? 0)]
        : [],
    );
    expect(Math.max(...(asked ?? []))).toBeLessThan(500);
  });

  test('--client says whether that client can be used, and exits 1 where it cannot', async () => {
    await using good = await startServer(['mock']);
    const ready = await conformance(['--base-url', good.url, '--client', 'sdk-typescript-0']);
    expect(ready.stdout).toContain('  sdk-typescript-0  ready\n');
    expect(ready.code).toBe(0);

    await using bad = await startServer(['mock', '--fault', 'no-message-stop']);
    const unready = await conformance(['--base-url', bad.url, '--client', 'sdk-typescript-0']);
    expect(unready.stdout).toContain('  sdk-typescript-0  not ready\n');
    expect(unready.code).toBe(1);
  });

  test('--client that is not known is a mistake that names the known ones', async () => {
    const { code, stderr } = await conformance(['--base-url', 'http://127.0.0.1:9', '--client', 'cursor']);
    expect(code).toBe(2);
    expect(stderr).toBe('There is no client "cursor"; there are claude-code, sdk-python, sdk-typescript, sdk-typescript-0.\n');
  });

  test('a whole run says of each client whether it can be used', async () => {
    await using server = await startServer(['mock']);
    const { record } = await conformance(['--base-url', server.url]);
    expect(record?.readiness.map(({ client, state }) => [client, state])).toEqual([
      ['claude-code', 'ready'],
      ['sdk-python', 'ready'],
      ['sdk-typescript', 'ready'],
      ['sdk-typescript-0', 'ready'],
    ]);
    expect(skipped(record, 'clients.claude-code.real-size')).toBe(
      'some 20,000 tokens of prompt: sent where --only or --client names the check',
    );
  });
});

describe('conformance plan', () => {
  test('counts what a run would send, without a server', async () => {
    const { code, stdout } = await conformance(['plan', '--json']);
    expect(code).toBe(0);
    const { totals } = JSON.parse(stdout) as { readonly totals: Readonly<Record<string, number>> };
    expect(totals['generating']).toBeGreaterThan(100);
    expect(totals['generating']).toBeLessThanOrEqual(250);
    expect(totals['outputTokens']).toBeLessThanOrEqual(6000);
    expect(totals['outputTokensAtMost']).toBeLessThanOrEqual(20_000);
  });

  test('with a server measures one request', async () => {
    await using server = await startServer(['mock', '--pace', 'ttft=50,tps=100']);
    const { code, stdout } = await conformance(['plan', '--quick', '--base-url', server.url]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/One request took \d+ ms to its first byte and \d+\.\d ms a token: about \d+ s one after the other\./);
  });
});

describe('conformance faults', () => {
  test('lists ids that mock and serve take', async () => {
    const { stdout } = await conformance(['faults', '--json']);
    const faults = JSON.parse(stdout) as readonly { readonly id: string; readonly trips: readonly string[] }[];
    expect(faults.find(({ id }) => id === 'no-message-stop')?.trips).toEqual(['stream.order.ends-with-message-stop']);
  });

  test('a fault that is not known is a mistake', async () => {
    const { code, stderr } = await conformance(['mock', '--fault', 'no-mesage-stop']);
    expect(code).toBe(2);
    expect(stderr).toBe('There is no fault "no-mesage-stop"; did you mean no-message-stop?\n');
  });
});
