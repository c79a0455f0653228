// What the suite finds in a persona, asked as people would ask that server: with its target profile, and a key where it takes one.
import { listen } from '../../endpoint/node/index.ts';
import { clientProfiles } from '../../profiles/clients.ts';
import { findProfile } from '../../profiles/index.ts';
import { openRun } from '../../runner/open-run.ts';
import type { Outcome, Readiness, RunRecord } from '../../spec/index.ts';
import { createMock } from '../index.ts';
import { withPersona } from './index.ts';

const key = 'sk-persona-0123456789abcdef';

/** Servers that were started with a key. */
const withKey: ReadonlySet<string> = new Set(['vllm', 'lmdeploy', 'sglang']);

export async function runAgainst(id: string): Promise<RunRecord> {
  const hasKey = withKey.has(id);
  await using server = await listen(withPersona(createMock({ apiKeys: hasKey ? [key] : [] }), id), { port: 0 });
  const profile = findProfile(id);
  const auth = hasKey ? { apiKey: key, auth: profile?.auth ?? ('bearer' as const) } : {};
  const run = openRun({
    baseUrl: server.url,
    model: 'mock-model',
    timeoutMs: 2000,
    ...auth,
    clients: clientProfiles,
    ...(profile === undefined ? {} : { profile }),
  });
  try {
    await run.begin();
    await run.send(run.agenda.planned.map((probe) => probe.id));
    return run.record();
  } finally {
    await run.close();
  }
}

const adverse: ReadonlySet<Outcome> = new Set(['fail', 'warn', 'info', 'harness-error']);

/** Checks that fail, with how they do: by level, in the order of the catalogue. */
export function findingsOf({ verdicts }: RunRecord): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(verdicts.filter(({ outcome }) => adverse.has(outcome)).map(({ check, outcome }) => [check, outcome]));
}

/** For each client that we know, whether it can be used. */
export function readinessOf({ readiness }: RunRecord): Readonly<Record<string, Readiness>> {
  return Object.fromEntries(readiness.map(({ client, state }) => [client, state]));
}
