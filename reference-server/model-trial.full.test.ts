import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { bundledModel, float32, u32, withTensor, withValue } from './gguf-bytes.fixture.ts';
import { tryModel } from './model-trial.ts';
import { type ReferenceServer, startReferenceServer } from './serve.ts';

let folder: string;
let whole: Buffer;
/** Serves while models are tried that end the process they are in. */
let server: ReferenceServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trial-'));
  whole = await bundledModel();
  server = await startReferenceServer({ contextSize: 256 });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function notes(): string {
  return join(folder, 'tried');
}

async function start(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  try {
    await using started = await startReferenceServer({ path, contextSize: 256, threads: 1, triedFolder: notes() });
    return `serves ${started.model.id}`;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StartError')) throw error;
    return error.message.replaceAll(path, name);
  }
}

const again = 'Download or convert the file again, or try another version of node-llama-cpp.';

test.each<[title: string, bytes: () => Buffer | string, sentence: RegExp | string]>([
  [
    'a feed-forward length that llama.cpp aborts on',
    () => withValue(whole, 'llama.feed_forward_length', u32(7)),
    /^The model m\.gguf cannot be used: a process that tried it died of SIGABRT \(ggml\.c:\d+: GGML_ASSERT\(.+\) failed\)\. /u,
  ],
  [
    'tensor data cut off',
    () => whole.subarray(0, whole.length - 5000),
    /^The GGUF file m\.gguf is cut short: its tensors should end at byte/u,
  ],
  [
    'no heads',
    () => withValue(whole, 'llama.attention.head_count', u32(0)),
    'The GGUF file m.gguf has a llama.attention.head_count of 0: it is damaged.',
  ],
  [
    'a head count that is not there',
    () => Buffer.from(whole.toString('latin1').replace('llama.attention.head_count', 'llama.attention.head_counx'), 'latin1'),
    'The GGUF file m.gguf lacks llama.attention.head_count.',
  ],
  [
    'more heads than fit',
    () => withValue(whole, 'llama.attention.head_count', u32(3)),
    /^The model m\.gguf cannot be loaded: .*invalid n_rot: 32, expected 53\.$/u,
  ],
  [
    'more blocks than there are',
    () => withValue(whole, 'llama.block_count', u32(40)),
    /^The model m\.gguf cannot be loaded: missing tensor 'blk\.5\.attn_norm\.weight'\.$/u,
  ],
  [
    'a vocabulary of another size',
    () => withTensor(whole, 'token_embd.weight', { size: 128 }),
    /^The model m\.gguf cannot be (?:loaded|used): .*tensor/u,
  ],
  [
    'a tensor of another type',
    () => withTensor(whole, 'blk.0.ffn_up.weight', { type: 0 }),
    /^The (?:model|GGUF file) m\.gguf (?:cannot be (?:loaded|used)|is cut short): /u,
  ],
  [
    'a tensor of a type that there is not',
    () => withTensor(whole, 'blk.0.ffn_up.weight', { type: 77 }),
    /^The (?:model|GGUF file) m\.gguf cannot be (?:loaded|used): /u,
  ],
  [
    'a rope that is no number',
    () => withValue(whole, 'llama.rope.freq_base', float32(Number.NaN)),
    'The GGUF file m.gguf has a llama.rope.freq_base of NaN: it is damaged.',
  ],
  [
    'a rope beyond all bounds',
    () => withValue(whole, 'llama.rope.freq_base', float32(1e30)),
    /^The GGUF file m\.gguf has a llama\.rope\.freq_base of 1\.?\d*e\+30: it is damaged\.$/u,
  ],
  [
    'a rope that makes all numbers none',
    () => withValue(whole, 'llama.rope.freq_base', float32(0)),
    'The model m.gguf computes no numbers (NaN): its file is damaged. Download or convert it again.',
  ],
  [
    'tensors that are no numbers',
    () => Buffer.concat([whole.subarray(0, -200_000), Buffer.alloc(200_000, 0xff)]),
    'The model m.gguf computes no numbers (NaN): its file is damaged. Download or convert it again.',
  ],
  ['an empty file', () => '', 'The model m.gguf is not a GGUF file: it does not begin with "GGUF".'],
  ['a text', () => 'some notes', 'The model m.gguf is not a GGUF file: it does not begin with "GGUF".'],
  ['nothing wrong', () => whole, 'serves m'],
])('%s: one sentence, and the server that runs already goes on', async (_title, bytes, sentence) => {
  const told = await start('m.gguf', bytes());
  if (typeof sentence === 'string') expect(told).toBe(sentence);
  else expect(told).toMatch(sentence);
  expect(told).not.toContain('\n');
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

/** The process ids of what was started. */
async function processesOf(path: string, patienceMs?: number): Promise<readonly number[]> {
  const started: number[] = [];
  const onProcess = (id: number): void => void started.push(id);
  await tryModel({ path, threads: 1 }, { folder: notes(), onProcess, ...(patienceMs === undefined ? {} : { patienceMs }) });
  return started;
}

test('what went well is tried once, until the file changes', async () => {
  const path = join(folder, 'again.gguf');
  await writeFile(path, whole);
  expect(await processesOf(path)).toHaveLength(1);
  expect(await processesOf(path)).toHaveLength(0);
  await utimes(path, 1, 1);
  expect(await processesOf(path)).toHaveLength(1);
  // One note for the file, not one for each of its states.
  const before = await readdir(notes());
  await utimes(path, 2, 2);
  expect(await processesOf(path)).toHaveLength(1);
  expect(await readdir(notes())).toEqual(before);
});

test('what went badly is tried every time', async () => {
  const path = join(folder, 'bad.gguf');
  await writeFile(path, withValue(whole, 'llama.feed_forward_length', u32(7)));
  await expect(processesOf(path)).rejects.toThrow(again);
  await expect(processesOf(path)).rejects.toThrow(again);
});

test('the bundled model is not tried, nor what is not there', async () => {
  const onProcess = (): void => expect.unreachable();
  await tryModel({}, { folder: notes(), onProcess });
  await tryModel({ path: '/nowhere/model.gguf' }, { folder: notes(), onProcess });
});

test('a trial that does not end is ended', async () => {
  const path = join(folder, 'slow.gguf');
  await writeFile(path, whole);
  const started: number[] = [];
  const tried = tryModel({ path, threads: 1 }, { folder: notes(), patienceMs: 20, onProcess: (id) => void started.push(id) });
  await expect(tried).rejects.toThrow(`The model ${path} cannot be used: a process that tried it had not loaded it after 1 s. ${again}`);
  await expect.poll(() => isAlive(started[0])).toBe(false);
});

test('the process that tries ends with the one that started it, although llama.cpp may hold it, and is told no key', async () => {
  const path = join(folder, 'parent.gguf');
  await writeFile(path, whole);
  const [held, holding] = [join(folder, 'held'), join(folder, 'holding.cjs')];
  await writeFile(
    holding,
    `const { isMainThread } = require('node:worker_threads');
    const hold = () => {
      if (process.listenerCount('disconnect') === 0) return setImmediate(hold);
      require('node:fs').writeFileSync(${JSON.stringify(held)}, JSON.stringify(process.env));
      for (;;);
    };
    if (isMainThread && /model-trial-process/.test(process.argv[1])) setImmediate(hold);`,
  );
  const script = `
    const { tryModel } = await import(${JSON.stringify(new URL('model-trial.ts', import.meta.url).href)});
    await tryModel({ path: ${JSON.stringify(path)} }, { folder: ${JSON.stringify(notes())}, onProcess: (id) => console.log(id) });`;
  const keys = { ANTHROPIC_API_KEY: 'canary-key', LLAMA_API_KEY: 'canary-key', HF_TOKEN: 'canary-key' };
  const env = { ...process.env, ...keys, NODE_OPTIONS: `--require ${holding}`, CUDA_VISIBLE_DEVICES: '0' };
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line]: unknown[] = await once(parent.stdout.setEncoding('utf8'), 'data');
  const environment = (): Promise<string> => readFile(held, 'utf8').catch(() => '');
  await expect.poll(environment, { timeout: 20_000 }).toContain('"CUDA_VISIBLE_DEVICES":"0"');
  expect(await environment()).not.toContain('canary-key');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await expect.poll(() => isAlive(Number(line)), { timeout: 10_000 }).toBe(false);
}, 40_000);

function isAlive(id: number | undefined): boolean {
  try {
    return id !== undefined && process.kill(id, 0);
  } catch {
    return false;
  }
}
