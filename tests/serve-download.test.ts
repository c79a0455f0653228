// A user's own model by name: asked for, downloaded with its progress told, and from then on there without network.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { entry, file, startFileServer } from '../reference-server/download/file-server.fixture.ts';
import { bundledModelPath } from '../reference-server/package-root.ts';
import { conformance, startServer } from './cli.fixture.ts';
import { startServe } from './serve.fixture.ts';

const tiny = await readFile(bundledModelPath);
const listing = '/api/models/user/mini-GGUF/tree/main';
const model = '/user/mini-GGUF/resolve/main/mini-Q8_0.gguf';
const name = 'hf:user/mini-GGUF:Q8_0';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-models-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const list: Parameters<typeof startFileServer>[0][string] = (_request, response) =>
  response.end(JSON.stringify([entry('mini-Q8_0.gguf', tiny)]));

test('a model on Hugging Face is downloaded where that is asked for, and starts without network from then on', async () => {
  const hub = await startFileServer({ [listing]: list, [model]: file(tiny) });
  const env = { HF_ENDPOINT: hub.url, XDG_CACHE_HOME: folder };
  const cache = join(folder, 'messages-conformance', 'models');

  const unasked = await conformance(['serve', '--model', name], { env });
  expect(unasked.stderr).toBe(`The model ${name} is not in ${cache}. Add --download to have it downloaded, or name another --model-dir.\n`);
  expect([unasked.code, unasked.stdout, hub.asked]).toEqual([2, '', []]);

  const first = await startServer(['serve', '--port', '0', '--model', name, '--download'], env);
  await first[Symbol.asyncDispose]();
  expect(hub.asked.map(({ path }) => path)).toEqual([`${listing}?recursive=true`, model]);
  await hub[Symbol.asyncDispose]();

  await using again = await startServer(['serve', '--port', '0', '--model', name], env);
  const models: unknown = await (await fetch(`${again.url}/v1/models`, { headers: { 'anthropic-version': '2023-06-01' } })).json();
  expect(models).toMatchObject({ data: [{ id: 'mini-Q8_0' }] });
}, 30_000);

test('without a terminal the progress is plain lines on stderr', async () => {
  await using hub = await startFileServer({ '/mini.gguf': file(tiny) });
  await using server = await startServe('--model', `${hub.url}/mini.gguf`, '--download', '--model-dir', folder);
  const lines = (await server.stop()).stderr.trimEnd().split('\n');
  expect(lines[0]).toBe('mini.gguf 0.0 of 1.9 MB, 0 %');
  expect(lines.at(-1)).toMatch(/^mini\.gguf 1\.9 of 1\.9 MB, 100 %/u);
});

test('Ctrl-C ends a download with 130, and what came is no model but kept', async () => {
  const stalled = Promise.withResolvers<void>();
  await using hub = await startFileServer({
    '/mini.gguf': (_request, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': tiny.length });
      response.write(tiny.subarray(0, 400_000), () => stalled.resolve());
    },
  });
  const command = ['serve', '--model', `${hub.url}/mini.gguf`, '--model-dir', folder];
  const { code, stderr, stdout } = await conformance([...command, '--download'], {
    signalAfter: async (child) => {
      await stalled.promise;
      child.kill('SIGINT');
    },
  });
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toContain('Interrupted. What came is kept: the same command goes on from there.');
  expect((await conformance(command)).stderr).toContain('Add --download');
});

test('no network, a wrong name and flags that do not go together are one sentence and exit 2', async () => {
  const env = { HF_ENDPOINT: 'http://127.0.0.1:9' };
  for (const [args, sentence] of [
    [['--model', name, '--download', '--model-dir', folder], 'The download failed, 127.0.0.1:9: nothing listens there.'],
    [['--model', 'hf:mini'], 'The model hf:mini is not named as Hugging Face names them: write hf:user/repo'],
    [['--model', 'user/mini-GGUF'], 'The model file user/mini-GGUF does not exist. A model on Hugging Face is named hf:user/mini-GGUF.'],
    [['--download'], '--download goes with a --model that is a URL or a name on Hugging Face'],
    [['--upstream', 'http://127.0.0.1:9/v1', '--model-dir', folder], 'leave out --model-dir'],
  ] as const) {
    const { code, stderr, stdout } = await conformance(['serve', ...args], { env });
    expect(stderr).toContain(sentence);
    expect([code, stderr.trim().split('\n').length, stdout]).toEqual([2, 1, '']);
  }
}, 30_000);

test('a proxy that is no URL is the fault of its variable, not of the command', async () => {
  const args = ['serve', '--model', name, '--download', '--model-dir', folder];
  const { code, stderr, stdout } = await conformance(args, { env: { https_proxy: 'foo' } });
  expect(stderr).toBe('https_proxy is not the URL of a proxy: write it as in http://proxy.example:8080, or unset it.\n');
  expect([code, stdout]).toEqual([2, '']);
});
