import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, loadEngine } from './engine.ts';
import { readModelFile } from './gguf-file.ts';
import { bundledModelPath } from './package-root.ts';

let engine: Engine;
let folder: string;
let whole: Buffer;

beforeAll(async () => {
  engine = await loadEngine(1);
  folder = await mkdtemp(join(tmpdir(), 'gguf-'));
  whole = await readFile(bundledModelPath);
});
afterAll(() => rm(folder, { recursive: true }));

async function fault(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return readModelFile(engine, path).then(
    () => 'accepted',
    (error: Error) => error.message.replace(path, name),
  );
}

/** The file with one key renamed, as if it were not there. */
function without(key: string): Buffer {
  const bytes = Buffer.from(whole);
  const at = bytes.indexOf(key);
  expect(at).toBeGreaterThan(0);
  bytes.write('x', at + key.length - 1);
  return bytes;
}

test('the bundled model is accepted', async () => {
  expect(await fault('whole.gguf', whole)).toBe('accepted');
});

test('a file that does not exist is named', async () => {
  await expect(readModelFile(engine, '/nowhere/model.gguf')).rejects.toThrow('The model file /nowhere/model.gguf does not exist.');
});

test('a folder is no model', async () => {
  await expect(readModelFile(engine, folder)).rejects.toMatchObject({ code: 'model-unreadable' });
});

test('a text file is no GGUF file', async () => {
  expect(await fault('notes.gguf', 'some notes')).toBe('The model notes.gguf is not a GGUF file: it does not begin with "GGUF".');
  expect(await fault('empty.gguf', '')).toBe('The model empty.gguf is not a GGUF file: it does not begin with "GGUF".');
});

test('a file cut within its head or within its tensors is cut short', async () => {
  expect(await fault('head.gguf', whole.subarray(0, 5000))).toContain('The GGUF file head.gguf is cut short: its head should end at byte');
  expect(await fault('tensors.gguf', whole.subarray(0, 500_000))).toContain(
    'The GGUF file tensors.gguf is cut short: its tensors should end at byte',
  );
  expect(await fault('last.gguf', whole.subarray(0, whole.length - 100))).toContain('is cut short');
});

test('a head of nonsense is refused', async () => {
  const refused = /^The (head of the )?GGUF file nonsense\.gguf /u;
  expect(await fault('nonsense.gguf', 'GGUF')).toMatch(refused);
  expect(await fault('nonsense.gguf', `GGUF\u0003\0\0\0${'z'.repeat(200)}`)).toMatch(refused);
  expect(await fault('nonsense.gguf', Buffer.concat([whole.subarray(0, 24), Buffer.alloc(5000, 0xff)]))).toMatch(refused);
});

test.each(['feed_forward_length', 'attention.head_count', 'context_length', 'block_count'])(
  'a file without llama.%s is refused before llama.cpp aborts on it',
  async (key) => {
    expect(await fault('keys.gguf', without(`llama.${key}`))).toBe(`The GGUF file keys.gguf lacks llama.${key}.`);
  },
);
