// Whatever a script file says in the place of a value, the reader accepts it or names the place, the published schema says the same, and what
// was accepted is played.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { createMock } from '../mock/index.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { readScript, type MockScript } from '../mock/script-file/read-script.ts';
import { ScriptFileError } from '../mock/script-file/script-file-error.ts';
import schema from '../spec/schemas/mock-script.json' with { type: 'json' };
import { anyValues } from './hostile-values.fixture.ts';

/** With much time each script in many ways; otherwise in some. */
const rounds = Number(process.env['HOSTILE_SCRIPTS'] ?? 300);

const scripts = [
  {
    once: ['first', { say: ['sec', 'ond'] }],
    rules: [
      { when: { lastUser: { $regex: '^W', $flags: 'i' } }, reply: 'older', times: 1 },
      { when: { header: { 'X-Team': 'red' }, max_tokens: 7, messages: [{ content: 'exactly' }] }, reply: { useTool: 'x' } },
    ],
    otherwise: 'else',
  },
  {
    once: [
      {
        content: [
          { think: 'Let me see.', signature: 'sig' },
          { redacted: 'abc' },
          { block: { type: 'text', text: 'cited', citations: null } },
          { useTool: 'get_weather', input: { city: 'Paris' }, id: 'toolu_1', fragments: ['{"city":', '"Paris"}'] },
        ],
        usage: { cache_read_input_tokens: 9 },
        stop: 'pause_turn',
        headers: { 'x-served-by': 'file' },
      },
    ],
  },
  {
    once: [
      { error: 'rate_limit_error', message: 'Slow', limits: { tokens: { limit: 10, remaining: 0, reset: '2030-01-01T00:00:00Z' } } },
      { error: 'overloaded_error', status: 503, retryAfter: 2, headers: { 'x-a': 'b' }, details: { code: 1 } },
    ],
  },
  {
    once: [
      { content: ['ab', { raw: ': noise\n\n' }], pace: { tokensPerSecond: 1000, jitter: 0.5, seed: 4 }, ending: 'truncate' },
      { content: ['a'], ending: { fail: 'overloaded_error', message: 'Sorry' } },
      { content: ['a'], stop: { reason: 'refusal', details: { type: 'refusal', category: 'x' } } },
    ],
  },
];

/** What no schema can say: the blocks of the protocol, and texts that mean something. */
const beyondSchemas = /\/block\b|\/fragments |\/\$regex |\/headers |\/reset /;

const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

test('script files with hostile values', { timeout: 60_000 }, async () => {
  const random = seededRandom(1);
  let played = 0;
  for (let round = 0; round < rounds * scripts.length; round += 1) {
    const document = anyValues(random, [0.02, 0.08, 0.3][round % 3] ?? 0)(scripts[round % scripts.length]);
    const isInSchema = fits(document);
    const read = readOrRefuse(document);
    if (read instanceof ScriptFileError) {
      expect(!isInSchema || beyondSchemas.test(read.message), `${JSON.stringify(document)}: ${read.message}`).toBe(true);
    } else {
      expect(isInSchema, `accepted: ${JSON.stringify(document)}`).toBe(true);
      await play(read, document);
      played += 1;
    }
  }
  expect(played).toBeGreaterThan(rounds / 3);
});

function readOrRefuse(document: unknown): MockScript | ScriptFileError {
  try {
    return readScript(document);
  } catch (error) {
    if (error instanceof ScriptFileError) return error;
    throw error;
  }
}

async function play(script: MockScript, document: unknown): Promise<void> {
  let now = 0;
  const clock = {
    now: () => now,
    after(ms: number, callback: () => void) {
      now += ms;
      queueMicrotask(callback);
      return () => undefined;
    },
  };
  const mock = createMock({ clock });
  script(mock);
  for (const stream of [false, true, false]) {
    const body = { model: 'mock-model', max_tokens: 50, stream, tools, messages: [{ role: 'user', content: 'What' }] };
    const response = await mock.fetch('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    expect(`${response.status} ${text}`, `played: ${JSON.stringify(document)}`).not.toMatch(/^500|The mock script failed/);
  }
  expect(JSON.stringify(mock.requests)).toContain('mock-model');
}

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'k' };
const tools = ['x', 'get_weather'].map((name) => ({ name, input_schema: { type: 'object' } }));
