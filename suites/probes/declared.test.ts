import { describe, expect, test } from 'vitest';
import { checks as auth } from '../auth/index.ts';
import { checks as betaChecks } from '../beta/index.ts';
import { checks as concurrencyChecks } from '../concurrency/index.ts';
import { checks as countTokens } from '../count-tokens/index.ts';
import { checks as disconnectChecks } from '../disconnect/index.ts';
import { checks as errors } from '../errors/index.ts';
import { checks as http } from '../http/index.ts';
import { checks as keepAliveChecks } from '../keep-alive/index.ts';
import { probes as allProbes } from '../catalogue.ts';
import { jsonEvidence } from '../model/evidence.fixture.ts';
import type { Probe, ProbeRequest, SendOptions } from '../model/probe.ts';
import { checks as models } from '../models/index.ts';
import { at } from '../reading.ts';
import { checks as version } from '../version/index.ts';
import { auth as authProbe } from './auth.ts';
import { badInputProbes } from './bad-input.ts';
import { badJson } from './bad-json.ts';
import { badSeveral } from './bad-several.ts';
import { badSize } from './bad-size.ts';
import { beta } from './beta.ts';
import { concurrency } from './concurrency.ts';
import { disconnect } from './disconnect.ts';
import { keepAlive } from './keep-alive.ts';
import { outOfScope } from './out-of-scope.ts';
import { thread } from './thread.ts';
import { countVsUsage } from './count-vs-usage.ts';
import { count } from './count.ts';
import { headers } from './headers.ts';
import { modelsList } from './models-list.ts';
import { routes } from './routes.ts';
import { structuredOutput } from './structured-output.ts';
import { thinkingDisplay } from './thinking-display.ts';
import { thinkingModes } from './thinking-modes.ts';
import { toolEager } from './tool-eager.ts';
import { unicode } from './unicode.ts';
import { version as versionProbe } from './version.ts';

const probes: readonly Probe[] = [
  authProbe,
  beta,
  concurrency,
  disconnect,
  keepAlive,
  outOfScope,
  thread,
  ...badInputProbes,
  badJson,
  badSeveral,
  badSize,
  count,
  countVsUsage,
  headers,
  modelsList,
  routes,
  structuredOutput,
  thinkingDisplay,
  thinkingModes,
  toolEager,
  unicode,
  versionProbe,
];

interface Sent {
  readonly step: string;
  readonly request: ProbeRequest;
  readonly options: SendOptions | undefined;
}

/** Everything a probe sends to a server that lists one model. */
async function sentBy(probe: Probe): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  await probe.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send: (step, request, options) => {
      sent.push({ step, request, options });
      const ended = options?.abortAfter === undefined ? 'complete' : 'aborted-by-us';
      return Promise.resolve(jsonEvidence({ data: [{ id: 'org/tiny' }] }, { endpoint: 'models', ended }));
    },
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: () => Promise.reject(new Error('none of these probes climbs')),
  });
  return sent;
}

/** What the request may generate: nothing where the body is no JSON object, or a route does not generate. */
function maxTokens({ path, json }: ProbeRequest): number {
  const limit = path.startsWith('/v1/messages') && !path.includes('count_tokens') ? at(json, 'max_tokens') : 0;
  return typeof limit === 'number' && limit > 0 ? limit : 0;
}

describe.each(probes)('probe $id', (probe) => {
  test('sends the steps that it declares, once each', async () => {
    const steps = (await sentBy(probe)).map(({ step }) => step);
    expect(steps.toSorted()).toEqual([...probe.steps].sort());
    expect(probe.cost.requests).toBe(probe.steps.length);
  });

  test('costs at most what it declares', async () => {
    const sum = (await sentBy(probe)).reduce((total, { request }) => total + maxTokens(request), 0);
    expect(probe.cost.outputTokens).toBeGreaterThanOrEqual(sum);
  });

  test('names only its own steps as controls', async () => {
    const controls = (await sentBy(probe)).flatMap(({ options }) => options?.control ?? []);
    expect(controls.filter((step) => !probe.steps.includes(step))).toEqual([]);
  });
});

test('only the probe about keys needs one', () => {
  expect(probes.filter(({ needsKey }) => needsKey).map(({ id }) => id)).toEqual(['auth']);
});

test('an empty models list is walked no further', async () => {
  const sent: string[] = [];
  await modelsList.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send: (step) => {
      sent.push(step);
      return Promise.resolve(jsonEvidence({ data: [] }));
    },
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: () => Promise.reject(new Error('not asked for')),
  });
  expect(sent).toContain('list');
  expect(sent.filter((step) => ['retrieve', 'retrieve-encoded', 'alias', 'usable', 'usable-count'].includes(step))).toEqual([]);
});

test('nothing is asked after an answer that was complete before the suite could hang up', async () => {
  const sent: string[] = [];
  await disconnect.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send: (step) => {
      sent.push(step);
      return Promise.resolve(jsonEvidence({}));
    },
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: () => Promise.reject(new Error('not asked for')),
  });
  expect(sent).toEqual(['before', 'stream', 'json']);
});

test('the text beyond ASCII is JSON, and holds an escaped surrogate pair', async () => {
  const raw = (await sentBy(unicode)).find(({ step }) => step === 'text')?.request.raw;
  const content = at(JSON.parse(String(raw)), 'messages', 0, 'content');
  expect(String(raw)).toContain(String.raw`\ud83d\ude00`);
  expect(content).toBe('Say hello. 👋🏽 e\u0301 שלום 你好 😀');
});

const known: ReadonlySet<string> = new Set(allProbes.flatMap(({ id, steps }) => [id, ...steps.map((step) => `${id}/${step}`)]));

test.each(
  [
    ...auth,
    ...betaChecks,
    ...concurrencyChecks,
    ...disconnectChecks,
    ...keepAliveChecks,
    ...countTokens,
    ...errors,
    ...http,
    ...models,
    ...version,
  ].map((check) => ({ id: check.id, check })),
)('$id reads steps and probes that exist', ({ check }) => {
  const read = check.kind === 'scenario' ? Object.values(check.reads) : check.probes;
  expect(read.filter((name) => !known.has(name))).toEqual([]);
});
