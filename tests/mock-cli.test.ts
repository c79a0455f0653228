// `conformance mock` of the built package, as a user starts it: one process for each way to answer.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { conformance } from './cli.fixture.ts';

const bin = resolve(import.meta.dirname, '../dist/cli/bin.cjs');
const canary = 'canary-key-0123456789';

interface Started {
  readonly url: string;
  /** Sends SIGINT, and resolves with the exit code and all of standard error. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly stderr: string }>;
}

async function start(...flags: readonly string[]): Promise<Started> {
  const child: ChildProcess = spawn(process.execPath, [bin, 'mock', ...flags], {
    env: { PATH: process.env['PATH'], HOME: tmpdir(), NO_COLOR: '1', MOCK_KEY: canary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes');
  const stderr = text(child.stderr);
  const exit = once(child, 'exit');
  const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (typeof url !== 'string') throw new Error(await stderr);
  return {
    url,
    stop: async () => {
      child.kill('SIGINT');
      await exit;
      return { code: child.exitCode, stderr: await stderr };
    },
  };
}

function ask(
  url: string,
  content: string,
  more: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': canary, ...headers },
    body: JSON.stringify({ model: 'mock-model', max_tokens: 50, messages: [{ role: 'user', content }], ...more }),
  });
}

async function said(response: Promise<Response>): Promise<unknown> {
  const message: { readonly content?: readonly { readonly text?: string }[]; readonly error?: { readonly message?: string } } = await (
    await response
  ).json();
  return message.content?.[0]?.text ?? message.error?.message;
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'mock-cli-'));
}

function fileWith(name: string, content: string): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

describe('conformance mock', () => {
  test('prints its URL alone, logs each request on stderr, and ends in order', async () => {
    const mock = await start('--log');
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await said(ask(mock.url, 'Say hi'));
    await (await ask(mock.url, 'Say hi', { stream: true })).text();
    await ask(mock.url, 'Say hi', { max_tokens: 'x' });
    const { code, stderr } = await mock.stop();
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^POST \/v1\/messages 200, completed, \d+ ms$/),
      expect.stringMatching(/^POST \/v1\/messages 200, \d+ events, completed, \d+ ms$/),
      expect.stringMatching(/^POST \/v1\/messages 400, error, \d+ ms$/),
    ]);
  });

  test('lists its models, asks for its key, limits its rate and only warns where it is told to', async () => {
    const mock = await start('--model', 'a', '--model', 'b', '--api-key-env', 'MOCK_KEY', '--rate-limit', '2/hour', '--validate', 'warn');
    const models: { readonly data: readonly { readonly id: string }[] } = await (
      await fetch(`${mock.url}/v1/models`, { headers: { 'x-api-key': canary, 'anthropic-version': '2023-06-01' } })
    ).json();
    expect(models.data.map(({ id }) => id)).toEqual(['a', 'b']);
    expect((await ask(mock.url, 'Hi', { model: 'a' }, { 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await ask(mock.url, 'Hi', { model: 'a' })).status).toBe(200);
    expect((await ask(mock.url, 'Hi', { model: 'a', unheard_of: 1 })).status).toBe(200);
    expect((await ask(mock.url, 'Hi', { model: 'a' })).status).toBe(429);
    const { stderr } = await mock.stop();
    expect(stderr).toMatch(/unheard_of/);
    expect(stderr).not.toContain(canary);
  });

  test('fails by chance, always where the chance is 1', async () => {
    const mock = await start('--chaos', '1', '--seed', '3', '--pace', 'ttft=1,tps=10000');
    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map(async (content) => {
        const response = await ask(mock.url, content, { stream: true });
        return response.ok
          ? response.text().then(
              () => 'whole',
              () => 'broken',
            )
          : response.status;
      }),
    );
    expect(outcomes).not.toContain('whole');
  });

  test('answers by a script, for each scope from its beginning, and tells what was asked', async () => {
    const script = fileWith('script.json', '{"once":["one","two"],"rules":[{"when":{"lastUser":{"$regex":"weather"}},"reply":"Sunny."}]}');
    const mock = await start('--script', script, '--control');
    const scope = { 'x-mock-scope': 'a' };
    expect(await said(ask(mock.url, 'x'))).toBe('one');
    expect(await said(ask(mock.url, 'x', {}, scope))).toBe('one');
    expect(await said(ask(mock.url, 'x'))).toBe('two');
    expect(await said(ask(mock.url, 'The weather?'))).toBe('Sunny.');
    expect(await said(ask(mock.url, 'x'))).toMatch(/No entry of the mock script answers this request/);
    const journal: readonly unknown[] = await (await fetch(`${mock.url}/_mock/requests`, { headers: scope })).json();
    expect(journal.length).toBe(1);
    await fetch(`${mock.url}/_mock/reset`, { method: 'POST' });
    expect(await said(ask(mock.url, 'x'))).toBe('one');
  });

  test('has no control routes unless it is asked to', async () => {
    const mock = await start();
    expect((await fetch(`${mock.url}/_mock/requests`)).status).toBe(404);
  });

  test('is wrong as a known server is', async () => {
    const mock = await start('--persona', 'lmdeploy', '--fault', 'version-any');
    const list = await fetch(`${mock.url}/v1/models`);
    expect(await list.json()).toMatchObject({ object: 'list' });
    expect((await fetch(`${mock.url}/anthropic/v1/models`)).status).toBe(200);
  });

  test('runs a script in TypeScript', async () => {
    const index = JSON.stringify(resolve(import.meta.dirname, '../dist/mock/index.js'));
    const mock = await start(
      '--script',
      fileWith(
        'script.mts',
        `import { say, type Mock } from ${index};\nexport const script = (mock: Mock): Mock => mock.otherwise(say('typed'));\n`,
      ),
    );
    expect(await said(ask(mock.url, 'x'))).toBe('typed');
  });
});

describe('conformance mock --record and --replay', () => {
  test('record a server, without its keys, and stand in for it', async () => {
    const recordings = join(folder(), 'deep', 'recordings');
    const upstream = await start();
    const recorder = await start('--record', recordings, '--upstream', `${upstream.url}/v1`);
    const live = [await said(ask(recorder.url, `Say ${canary}`)), await (await ask(recorder.url, 'Count to 9.', { stream: true })).text()];
    expect(await recorder.stop()).toEqual({ code: 0, stderr: '' });
    expect(live[0]).toBe(canary);
    expect(readdirSync(recordings)).toEqual(['0001-post-v1-messages.json', '0002-post-v1-messages.json']);
    const written = readdirSync(recordings).map((name) => readFileSync(join(recordings, name), 'utf8'));
    expect(written.join('')).not.toContain(canary);

    const replay = await start('--replay', recordings);
    expect(await (await ask(replay.url, 'Count to 9.', { stream: true })).text()).toBe(live[1]);
    const drifted = await ask(replay.url, 'Count to 10.', { stream: true });
    expect([drifted.status, drifted.headers.get('x-should-retry')]).toEqual([400, 'false']);
    const difference = '/messages/0/content: expected "Count to 9.", found "Count to 10."';
    expect(await said(Promise.resolve(drifted))).toContain(difference);
    expect((await replay.stop()).stderr).toBe(
      `POST /v1/messages: This request was not recorded. The nearest is 0002-post-v1-messages.json, which differs at:\n  ${difference}\n`,
    );
  });
});

describe('a mistake ends with exit 2 and one sentence, before a port opens', () => {
  const wrong = fileWith('wrong.json', '{"once":[{"content":["a"],"pace":{"ttft":-1}}]}');
  test.each<readonly [readonly string[], string]>([
    [['--script', '/nowhere.json'], 'Cannot read /nowhere.json: no such file or directory.'],
    [['--script', wrong], `${wrong}: /once/0/pace/ttft must be a number from 0 on, not -1.`],
    [['--replay', '/nowhere'], 'Cannot read recordings from /nowhere: no such file or directory.'],
    [['--record', '/dev/null/x', '--upstream', 'http://127.0.0.1:9'], 'Cannot record in /dev/null/x: not a directory.'],
    [
      ['--record', folder(), '--upstream', 'nowhere'],
      'The upstream must be a URL of a server without credentials or query, like https://api.anthropic.com.',
    ],
    [['--rate-limit', 'some'], '--rate-limit takes requests per second, minute or hour, as in "60/minute", not "some".'],
    [['--persona', 'vlm'], 'There is no persona "vlm"; did you mean vllm?'],
    [['--repaly', 'x'], "Unknown option '--repaly'; did you mean --replay?"],
  ])('%j', async (flags, sentence) => {
    const { code, stdout, stderr } = await conformance(['mock', ...flags]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  test('--help says what there is', async () => {
    const { code, stdout } = await conformance(['mock', '--help']);
    expect(code).toBe(0);
    for (const word of ['--script', '--record', '--replay', '--pace', '--rate-limit', 'x-mock-scope', 'ANTHROPIC_BASE_URL'])
      expect(stdout).toContain(word);
  });
});
