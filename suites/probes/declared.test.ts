import { describe, expect, test } from 'vitest';
import { checks as auth } from '../auth/index.ts';
import { checks as countTokens } from '../count-tokens/index.ts';
import { checks as errors } from '../errors/index.ts';
import { checks as http } from '../http/index.ts';
import { jsonEvidence } from '../model/evidence.fixture.ts';
import type { Probe, ProbeRequest, SendOptions } from '../model/probe.ts';
import { checks as models } from '../models/index.ts';
import { at } from '../reading.ts';
import { checks as toolChoice } from '../tool-choice/index.ts';
import { checks as tools } from '../tools/index.ts';
import { checks as version } from '../version/index.ts';
import { auth as authProbe } from './auth.ts';
import { badInput } from './bad-input.ts';
import { badJson } from './bad-json.ts';
import { badTools } from './bad-tools.ts';
import { countVsUsage } from './count-vs-usage.ts';
import { count } from './count.ts';
import { headers } from './headers.ts';
import { modelsList } from './models-list.ts';
import { routes } from './routes.ts';
import { toolDefinitions } from './tool-definitions.ts';
import { toolEmptySchema } from './tool-empty-schema.ts';
import { toolForced } from './tool-forced.ts';
import { toolHistory } from './tool-history.ts';
import { unicode } from './unicode.ts';
import { version as versionProbe } from './version.ts';

const probes: readonly Probe[] = [
  authProbe,
  badInput,
  badJson,
  badTools,
  count,
  countVsUsage,
  headers,
  modelsList,
  routes,
  toolDefinitions,
  toolEmptySchema,
  toolForced,
  toolHistory,
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
      return Promise.resolve(jsonEvidence({ data: [{ id: 'org/tiny' }] }, { endpoint: 'models' }));
    },
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
    ladder: () => Promise.reject(new Error('not asked for')),
  });
  expect(sent).toEqual(['list', 'canonical', 'unknown-id']);
});

test('the text beyond ASCII is JSON, and holds an escaped surrogate pair', async () => {
  const raw = (await sentBy(unicode)).find(({ step }) => step === 'text')?.request.raw;
  const content = at(JSON.parse(String(raw)), 'messages', 0, 'content');
  expect(String(raw)).toContain(String.raw`\ud83d\ude00`);
  expect(content).toBe('Say hello. 👋🏽 e\u0301 שלום 你好 😀');
});

const known: ReadonlySet<string> = new Set([
  ...probes.map(({ id }) => id),
  ...probes.flatMap(({ id, steps }) => steps.map((step) => `${id}/${step}`)),
]);

test.each(
  [...auth, ...countTokens, ...errors, ...http, ...models, ...toolChoice, ...tools, ...version].map((check) => ({ id: check.id, check })),
)('$id reads steps and probes that exist', ({ check }) => {
  const read = check.kind === 'scenario' ? Object.values(check.reads) : check.probes;
  expect(read.filter((name) => !known.has(name))).toEqual([]);
});
