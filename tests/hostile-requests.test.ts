// Whatever a client says in the place of a value is answered or refused, with a beta header or without, and never a 5xx.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEndpoint, createFetch } from '../endpoint/index.ts';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { createLlamaBackend } from '../reference-server/backend.ts';
import { run } from '../runner/index.ts';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import { anyValues } from './hostile-values.fixture.ts';

interface Asked {
  readonly path: string;
  readonly body: JsonObject;
}

/** With much time each request in many ways; otherwise in a few. */
const rounds = Number(process.env['HOSTILE_ROUNDS'] ?? 4);
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
  ['the mock that validates nothing', 'mock-model', 1, (): typeof fetch => createMock({ honest: false }).fetch],
  ['the reference server', 'tiny', 5, (): typeof fetch => createFetch(createEndpoint(backend))],
] as const)('%s', { timeout: 280_000 }, async (_title, model, every, serve) => {
  const ask = serve();
  const random = seededRandom(1);
  let [answered, refused] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const change = anyValues(random, rates[round % rates.length] ?? 0);
    for (const { path, body } of asked.filter((_one, at) => at % every === round % every)) {
      const hostile = change({
        ...body,
        ...(body['model'] === 'mock-model' ? { model } : {}),
        ...(typeof body['max_tokens'] === 'number' ? { max_tokens: Math.min(body['max_tokens'], 6) } : {}),
      });
      const headers = { ...common, ...(random() < 0.5 ? { 'anthropic-beta': 'new-thing-2026-01-01' } : {}) };
      const response = await ask(`http://server${path}`, { method: 'POST', headers, body: JSON.stringify(hostile) });
      const text = await response.text();
      expect(response.status, `${JSON.stringify(hostile)}: ${text}`).not.toBe(500);
      if (response.status >= 400) refused += 1;
      else answered += 1;
    }
  }
  const few = asked.length / every / 5;
  expect(refused).toBeGreaterThan(few);
  expect(answered).toBeGreaterThan(few);
});

const common = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'k' };

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
