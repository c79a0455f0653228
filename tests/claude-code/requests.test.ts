/** What counts as asking again, on traffic that really passed: a mock that is wrong on purpose, a client that does what Claude Code does. */
import { expect, test } from 'vitest';
import { createMock, overloaded, say } from '../../mock/index.ts';
import { listen } from '../../mock/node.ts';
import { record, requestProblems } from './recorded.ts';

const headers = {
  'content-type': 'application/json',
  'anthropic-version': '2023-06-01',
  'x-api-key': 'sk-test',
  'anthropic-beta': 'a-1,b-2',
};

function ask(content: string, stream = true): string {
  const cached = { type: 'text', text: content, cache_control: { type: 'ephemeral' } };
  return JSON.stringify({ model: 'mock-model', max_tokens: 64, stream, messages: [{ role: 'user', content: [cached] }] });
}

async function recordAll(bodies: readonly string[], prepare: (mock: ReturnType<typeof createMock>) => void = () => undefined) {
  const mock = createMock();
  prepare(mock);
  await using server = await listen(mock);
  return await record(server.url, async ({ url }) => {
    for (const body of bodies) {
      const reply = await fetch(`${url}/v1/messages?beta=true`, { method: 'POST', headers, body });
      await reply.text().catch(() => undefined);
    }
  });
}

test('a conversation that goes on has no problems, and each request is told with what it cost', async () => {
  const { requests, record: judged } = await recordAll([ask('one'), ask('two')], (mock) => mock.otherwise(say('Yes.')));
  expect(requestProblems(requests)).toEqual([]);
  expect(requests.map(({ kind }) => kind)).toEqual(['turn', 'turn']);
  expect(requests[0]).toMatchObject({
    path: '/v1/messages?beta=true',
    model: 'mock-model',
    stream: true,
    maxTokens: 64,
    betas: ['a-1', 'b-2'],
    bytes: ask('one').length,
    status: 200,
    ended: 'complete',
    stopReason: 'end_turn',
    cachedTokens: 0,
  });
  expect(requests[0]?.inputTokens).toBeGreaterThan(0);
  expect(requests[0]?.outputTokens).toBeGreaterThan(0);
  expect(judged.totals.pass).toBeGreaterThan(50);
});

test.each([
  ['the same without stream is a fallback', [ask('one'), ask('one', false)], 'fallback', /x2 .* is a fallback/],
  ['the same once more is a retry', [ask('one'), ask('one')], 'retry', /x2 .* asks once more/],
] as const)('%s', async (_, bodies, kind, problem) => {
  const { requests } = await recordAll(bodies);
  expect(requests.at(-1)?.kind).toBe(kind);
  expect(requestProblems(requests)).toEqual([expect.stringMatching(problem)]);
});

test('what follows a refusal is a retry, whatever it changes', async () => {
  const { requests } = await recordAll([ask('one'), ask('other')], (mock) => mock.once(overloaded()).otherwise(say('Yes.')));
  expect(requests.map(({ kind, status }) => [kind, status])).toEqual([
    ['turn', 529],
    ['retry', 200],
  ]);
  expect(requestProblems(requests)).toEqual([
    expect.stringMatching(/x1 .* was refused with 529/),
    expect.stringMatching(/x2 .* asks once more/),
  ]);
});

test('a stream that breaks off is told', async () => {
  const { requests } = await recordAll([ask('one')], (mock) => mock.once(say('Yes.').reset()));
  expect(requestProblems(requests)).toEqual([expect.stringMatching(/x1 .* ended reset/)]);
});
