// The suite against the reference server on its bundled model, as two processes of the built package.
import { expect, test } from 'vitest';
import { conformance, startServer, troubles } from './cli.fixture.ts';

// With a key, so that authentication is judged too.
const env = { TEST_KEY: 'sk-test-0123456789abcdef' };
const withKey = ['--api-key-env', 'TEST_KEY'];

test('the reference server passes the suite', { timeout: 90_000 }, async () => {
  await using server = await startServer(['serve', '--port', '0', ...withKey], env);
  const { code, stdout, record } = await conformance(['run', '--base-url', server.url, ...withKey], { env });
  if (record === undefined) throw new Error(stdout);
  expect(troubles(record, ['fail', 'harness-error', 'warn'])).toEqual([]);
  expect(code).toBe(0);
  expect(record.ended).toBe('finished');
  expect(record.verdicts.filter(({ judged }) => judged > 0).length).toBeGreaterThanOrEqual(60);
  const last = stdout.trimEnd().split('\n').at(-1);
  expect(last).toMatch(/^\d+ passed, 0 failed, 0 warnings, \d+ inconclusive, \d+ unsupported, \d+ skipped$/);
});
