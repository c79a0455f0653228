// `serve --upstream` as a process of the built package, in front of the bundled model that a small server serves as chat completions.
import { expect, test } from 'vitest';
import { createLlamaBackend } from '../reference-server/backend.ts';
import { startChatServer } from '../reference-server/upstream/chat-server.fixture.ts';
import { conformance, startServer, troubles } from './updist-cli.fixture.ts';

test.each(['vllm', 'llamacpp', 'other'])(
  'the most telling checks pass through an engine of the kind %s',
  { timeout: 60_000 },
  async (kind) => {
    await using backend = await createLlamaBackend();
    await using engine = await startChatServer(backend, kind);
    const arguments_ = ['--port', '0', '--upstream', engine.url, '--upstream-key-env', 'ENGINE_KEY', '--upstream-engine', kind];
    await using server = await startServer(['serve', ...arguments_], { ENGINE_KEY: 'engine-secret' });
    const { code, stdout, record } = await conformance(['run', '--base-url', server.url, '--quick']);
    if (record === undefined) throw new Error(stdout);
    expect(troubles(record, ['fail', 'harness-error', 'warn'])).toEqual([]);
    expect([code, record.ended]).toEqual([0, 'finished']);
    expect(record.verdicts.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThanOrEqual(60);
    expect(new Set(engine.asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer engine-secret']));
  },
);

test('an engine that is not there is told in one sentence', async () => {
  const { code, stderr } = await conformance(['serve', '--port', '0', '--upstream', 'http://127.0.0.1:9/v1']);
  expect([code, stderr]).toEqual([
    2,
    'http://127.0.0.1:9/v1 does not list its models. The engine behind this server cannot be reached. Is the engine up, and is this its address?\n',
  ]);
});
