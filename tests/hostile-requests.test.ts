// Whatever a client says in the place of a value is answered or refused, with a beta header or without: never a 5xx, and always as the API would.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEndpoint, createFetch } from '../endpoint/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { createLlamaBackend } from '../reference-server/backend.ts';
import { evidenceOf } from '../runner/evidence.ts';
import { run } from '../runner/index.ts';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import type { Evidence } from '../suites/model/evidence.ts';
import { fetchRecorder } from './fetch-recorder.fixture.ts';
import { anyValues } from './hostile-values.fixture.ts';
import { judged, troublesIn } from './judged.fixture.ts';

interface Asked {
  readonly path: string;
  readonly body: JsonObject;
}

/** With much time each request in many ways; otherwise in a few. */
const rounds = Number(process.env['HOSTILE_ROUNDS'] ?? 2);
const longest = 30_000;
const rates = [0.02, 0.08, 0.3];

let asked: readonly Asked[] = [];
let backend: Awaited<ReturnType<typeof createLlamaBackend>>;

beforeAll(async () => {
  await using server = await listen(createMock(), { port: 0 });
  const { exchanges } = await run({ baseUrl: server.url, auth: 'x-api-key', apiKey: 'sk-test', model: 'mock-model' });
  asked = exchanges.flatMap(({ request: { method, url, body } }) => {
    const value: unknown = method === 'POST' && body?.kind === 'text' && body.text.length < longest ? parsed(body.text) : undefined;
    return isJsonObject(value) ? [{ path: new URL(url).pathname, body: value }] : [];
  });
  backend = await createLlamaBackend({ contextSize: 8192 });
}, 60_000);
afterAll(() => backend[Symbol.asyncDispose]());

test.each([
  ['the mock', 'mock-model', 1, (): typeof fetch => createMock().fetch],
  ['the mock that validates nothing, and is not judged', 'mock-model', 1, (): typeof fetch => createMock({ honest: false }).fetch],
  ['the reference server', 'tiny', 5, (): typeof fetch => createFetch(createEndpoint(backend))],
] as const)('%s', { timeout: 280_000 }, async (title, model, every, serve) => {
  const recorder = fetchRecorder(serve());
  const random = seededRandom(1);
  for (let round = 0; round < rounds; round += 1) {
    const change = anyValues(random, rates[round % rates.length] ?? 0);
    const answers: Evidence[] = [];
    for (const { path, body } of asked.filter((_one, at) => at % every === round % every)) {
      const hostile = change({ ...body, ...cheap(body), ...(body['model'] === 'mock-model' ? { model } : {}) });
      const beta = random() < 0.5 ? [['anthropic-beta', 'new-thing-2026-01-01'] as const] : [];
      const request = {
        method: 'POST',
        url: `${baseUrl}${path}`,
        headers: [...headers, ...beta],
        body: Buffer.from(JSON.stringify(hostile)),
      };
      const answer = evidenceOf((await recorder.send(request, {})).exchange, [], { baseUrl });
      expect(answer.status === undefined || answer.status >= 500 ? hostile : 'answered').toBe('answered');
      answers.push(answer);
    }
    expect(new Set(answers.map(({ status }) => status === 200))).toEqual(new Set([true, false]));
    if (!title.endsWith('not judged')) expect(troublesIn(judged(answers))).toEqual([]);
  }
});

const baseUrl = 'http://server.invalid';
const headers = [
  ['content-type', 'application/json'],
  ['anthropic-version', '2023-06-01'],
  ['x-api-key', 'k'],
] as const;

/** What makes an answer short. */
function cheap({ max_tokens: limit }: JsonObject): JsonObject {
  return typeof limit === 'number' ? { max_tokens: Math.min(limit, 6) } : {};
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
