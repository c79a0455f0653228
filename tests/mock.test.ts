// The suite against the mock on a port, as two processes of the built package.
import { expect, test } from 'vitest';
import { conformance, startServer, troubles } from './cli.fixture.ts';

test('the mock passes the suite', { timeout: 60_000 }, async () => {
  await using server = await startServer(['mock', '--port', '0']);
  const { code, stdout, record } = await conformance(['run', '--base-url', server.url]);
  if (record === undefined) throw new Error(stdout);
  expect(troubles(record, ['fail', 'harness-error', 'warn'])).toEqual([]);
  expect(code).toBe(0);
});
