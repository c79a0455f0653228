import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitInTwo } from './download/split-gguf.fixture.ts';
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
  expect(await fault('head.gguf', whole.subarray(0, 5000))).toBe(
    'The GGUF file head.gguf is cut short: its head goes on beyond its end at byte 5000.',
  );
  expect(await fault('tensors.gguf', whole.subarray(0, 500_000))).toContain(
    'The GGUF file tensors.gguf is cut short: its tensors should end at byte',
  );
  expect(await fault('last.gguf', whole.subarray(0, whole.length - 100))).toContain('is cut short');
});

test('a part of a model is refused where another one is missing, and where it is not the first', async () => {
  const [one, two] = await splitInTwo(bundledModelPath, whole);
  expect(await fault('s-00001-of-00002.gguf', one)).toBe(`The model file ${join(folder, 's-00002-of-00002.gguf')} does not exist.`);
  expect(await fault('s-00002-of-00002.gguf', two.subarray(0, -100))).toContain('is a part of a model; name the first one');
  expect(await fault('s-00001-of-00002.gguf', one)).toContain('s-00002-of-00002.gguf is cut short: its tensors should end at byte');
  await fault('s-00002-of-00002.gguf', two);
  expect(await fault('s-00001-of-00002.gguf', one)).toBe('accepted');
});

test('a name of Hugging Face that is taken for a file is set right', async () => {
  await expect(readModelFile(engine, 'user/model-GGUF:Q4_K_M')).rejects.toThrow(
    'The model file user/model-GGUF:Q4_K_M does not exist. A model on Hugging Face is named hf:user/model-GGUF:Q4_K_M.',
  );
});

/** Where numbers are that say how much of something follows: the library believes each of them. */
const counts: readonly [title: string, at: (bytes: Buffer) => number, value: bigint][] = [
  ['tensors', () => 8, 1n << 60n],
  ['keys', () => 16, 1n << 60n],
  ['bytes of a key', () => 24, 1n << 40n],
  ['tokens', (bytes) => bytes.indexOf('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 8, 1n << 40n],
  ['tokens, so many that they fit', (bytes) => bytes.indexOf('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 8, 15_999_999n],
  ['token types', (bytes) => bytes.indexOf('tokenizer.ggml.token_type') + 'tokenizer.ggml.token_type'.length + 8, 1n << 40n],
];
test.each(counts)('a damaged number of %s is refused at once, before the library counts to it', async (_title, at, value) => {
  const bytes = Buffer.from(whole);
  bytes.writeBigUInt64LE(value, at(bytes));
  expect(await fault('count.gguf', bytes)).toMatch(/count\.gguf (?:is cut short: its head goes on|cannot be read: the file is damaged)/u);
});

test('a list that no model has is refused although the file is as long', async () => {
  const bytes = Buffer.from(whole);
  bytes.writeBigUInt64LE(20_000_000n, bytes.indexOf('tokenizer.ggml.token_type') + 'tokenizer.ggml.token_type'.length + 8);
  const path = join(folder, 'long.gguf');
  await writeFile(path, bytes);
  await truncate(path, 200_000_000);
  await expect(readModelFile(engine, path)).rejects.toThrow(`The head of the GGUF file ${path} cannot be read: the file is damaged.`);
});

test('any damage to the head is refused or loaded, and never hangs', async () => {
  for (let from = 100; from < 40_000; from += 3001) {
    const bytes = Buffer.from(whole);
    bytes.fill(from % 256, from, from + 400);
    expect(await fault('damage.gguf', bytes)).toMatch(/^(?:accepted$|The .*GGUF file damage\.gguf )/u);
  }
});

test.each([
  ['llama.block_count', 0],
  ['llama.block_count', 4_294_967_295],
  ['llama.embedding_length', 0],
  ['llama.feed_forward_length', 0],
  ['llama.attention.head_count', 0],
  ['llama.attention.head_count_kv', 0],
])('a %s of %d is refused before llama.cpp aborts on it', async (key, value) => {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32LE(value, bytes.indexOf(key) + key.length + 4);
  expect(await fault('size.gguf', bytes)).toBe(`The GGUF file size.gguf has a ${key} of ${value}: it is damaged.`);
});

test('an epsilon that is no number is refused before llama.cpp aborts on it', async () => {
  const bytes = Buffer.from(whole);
  const key = 'llama.attention.layer_norm_rms_epsilon';
  bytes.writeFloatLE(Number.NaN, bytes.indexOf(key) + key.length + 4);
  expect(await fault('size.gguf', bytes)).toBe(`The GGUF file size.gguf has a ${key} of NaN: it is damaged.`);
});

test('the other byte order, and version 1, are named', async () => {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32BE(3, 4);
  expect(await fault('big.gguf', bytes)).toContain('is of a version, or for a kind of machine');
  bytes.writeUInt32LE(1, 4);
  expect(await fault('old.gguf', bytes)).toContain('is of a version, or for a kind of machine');
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
