// The whole suite through `serve --upstream`, in front of the bundled model that a small server serves as each kind of engine does.
import { expect, test } from 'vitest';
import { createLlamaBackend } from '../reference-server/backend.ts';
import { startChatServer } from '../reference-server/upstream/chat-server.fixture.ts';
import { conformance, startServer, troubles } from './cli.fixture.ts';

/** Engines that hold a call to its schema only where they are told to make one: what they cannot do is refused, and the suite says so. */
const withoutHeldCalls: ReadonlySet<string> = new Set(['vllm', 'lmdeploy', 'other']);
const refused = ['warn tools.definition.strict-offered: a 2xx answer, found 400 invalid_request_error'];

test.each(['vllm', 'sglang', 'lmdeploy', 'llamacpp', 'other'])('the suite passes through an engine of the kind %s', async (kind) => {
  await using backend = await createLlamaBackend();
  await using engine = await startChatServer(backend, kind);
  await using server = await startServer(['serve', '--port', '0', '--upstream', engine.url]);
  const { code, stdout, record } = await conformance(['run', '--base-url', server.url]);
  if (record === undefined) throw new Error(stdout);
  expect(troubles(record, ['fail', 'harness-error', 'warn'])).toEqual(withoutHeldCalls.has(kind) ? refused : []);
  expect([code, record.ended]).toEqual([0, 'finished']);
});
