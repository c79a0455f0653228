import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { file, startFileServer } from '../../reference-server/download/file-server.fixture.ts';
import { bundledModelPath } from '../../reference-server/package-root.ts';
import { serveModel } from './serve-model.ts';

test('the progress of a download is as wide as the terminal that shows it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'serve-model-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await using server = await startFileServer({ '/mini.gguf': file(await readFile(bundledModelPath)) });
  const written: string[] = [];
  const terminal = { out: () => undefined, err: (text: string) => void written.push(text), width: 200, colour: false, isLive: true };
  const flags = { model: `${server.url}/mini.gguf`, download: true, modelDir: folder };
  await serveModel(flags, { ...terminal, liveWidth: 30 });
  const line = 'mini.gguf [----------------';
  expect(written[0]).toBe(`\r\u001b[K${line}-…`);
});
