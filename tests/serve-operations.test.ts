// What `conformance serve` does for whoever runs it: keys, log, health, an orderly end.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { conformance } from './cli.fixture.ts';
import { send, startServe } from './serve.fixture.ts';

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'serve-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'keys');
  await writeFile(path, content);
  return path;
}

test('several keys, a log without secrets, health, and a stream that ends in peace', async () => {
  const keys = await fileWith('# team\nkey-of-a-file\r\n\nanother-key\n');
  await using server = await startServe('--api-key', 'typed-key', '--api-key', 'typed-too', '--api-key-file', keys, '--log');
  const status = async (key: string): Promise<number> => (await send(server.url, {}, { 'x-api-key': key })).status;
  expect(await Promise.all(['typed-key', 'typed-too', 'key-of-a-file', 'another-key', '# team', 'no-key'].map(status))).toEqual([
    200, 200, 200, 200, 401, 401,
  ]);
  expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 'ok', models: ['tiny'] });

  const question = [{ role: 'user', content: 'Count to 100: PROMPT' }];
  const streaming = await send(server.url, { max_tokens: 1500, stream: true, messages: question }, { 'x-api-key': 'typed-key' });
  const whole = streaming.text();
  const { code, stderr } = await server.stop();
  expect(await whole).toContain('event: message_stop');
  expect(code).toBe(0);
  const entries = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(entries).toHaveLength(8);
  expect(entries.at(-1)).toMatchObject({
    path: '/v1/messages',
    status: 200,
    outcome: 'complete',
    request_id: streaming.headers.get('request-id'),
  });
  expect(stderr).not.toMatch(/typed|PROMPT|key-of|another-key/);
});

test.each([
  [['--max-body', '0'], '--max-body takes a whole number from 1 on, not "0".'],
  [['--shutdown-timeout', 'soon'], '--shutdown-timeout takes seconds, not "soon".'],
  [['--cors-origin', 'app'], '--cors-origin takes an origin, as in "http://localhost:3000", or *, not "app".'],
  [['--api-key-file', '/nowhere/keys'], 'The file /nowhere/keys, named by --api-key-file, cannot be read: no such file or directory.'],
])('%j is refused in a sentence', async (flags, sentence) => {
  const { code, stderr } = await conformance(['serve', ...flags]);
  expect(stderr).toContain(sentence);
  expect(code).toBe(2);
});

test('a key file without a key is refused: it would let everybody in', async () => {
  const { code, stderr } = await conformance(['serve', '--api-key-file', await fileWith('# none yet\n')]);
  expect(stderr).toContain('holds no key');
  expect(code).toBe(2);
});
