import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { defaultThreads, installLine, loadEngine, requireGpu } from './engine.ts';
import { loadModel } from './model.ts';

test('the install line names the one binary package of the platform, at the same version', () => {
  expect(installLine({ os: 'linux', arch: 'x64' })).toBe(
    'npm i --omit=optional node-llama-cpp@3.22.1 @huggingface/jinja@0.5.11 @node-llama-cpp/linux-x64@3.22.1',
  );
  expect(installLine({ os: 'darwin', arch: 'arm64' })).toBe(
    'npm i --omit=optional node-llama-cpp@3.22.1 @huggingface/jinja@0.5.11 @node-llama-cpp/mac-arm64-metal@3.22.1',
  );
});

test('the install line of a platform without a binary names the engine alone', () => {
  expect(installLine({ os: 'freebsd', arch: 'x64' })).toBe('npm i --omit=optional node-llama-cpp@3.22.1 @huggingface/jinja@0.5.11');
});

test('the version is the one that package.json asks for', () => {
  expect(installLine()).toContain(`node-llama-cpp@${manifest.peerDependencies['node-llama-cpp'].replace('^', '')}`);
});

test.each<[title: string, mathCores: number, available: number, threads: number]>([
  ['a core stays free', 8, 8, 7],
  ['second threads of a core and slow cores are left out', 4, 16, 4],
  ['so are cores that the process may not use', 16, 4, 3],
  ['there is always one', 1, 1, 1],
])('threads by default: %s', (_title, mathCores, available, threads) => {
  expect(defaultThreads(mathCores, available)).toBe(threads);
});

test('the bundled model gets one thread and no GPU, others what the engine has', async () => {
  await using model = await loadModel({ contextSize: 256 });
  expect([model.engine.threads, model.engine.llama.gpu, model.llama.gpuLayers]).toEqual([1, false, 0]);
  const { threads, llama } = await loadEngine();
  expect([llama.maxThreads, threads]).toEqual([threads, defaultThreads(llama.cpuMathCores)]);
});

test('layers on a GPU that is not there are refused, not computed elsewhere', async () => {
  expect(() => requireGpu(false)).toThrow('Layers on a GPU were asked for');
  expect(() => requireGpu('cuda')).not.toThrow();
  const { llama } = await loadEngine(1, true);
  const asked = loadModel({ contextSize: 256, gpuLayers: 'max', threads: 1 });
  // On a machine with a GPU all of them are there.
  if (llama.gpu === false) await expect(asked).rejects.toMatchObject({ code: 'engine-unusable' });
  else await (await asked)[Symbol.asyncDispose]();
});

test.each(['woodpecker', ''])('The library is loaded where the environment has CI=%j, which it cannot read', (ci) => {
  const script = `import(${JSON.stringify(new URL('./engine.ts', import.meta.url).href)}).then(async ({ importEngine }) => {
    await Promise.all([importEngine(), importEngine()]);
    console.log('loaded with ' + JSON.stringify(process.env.CI));
  })`;
  const { stdout } = spawnSync(process.execPath, ['--eval', script], { encoding: 'utf8', env: { ...process.env, CI: ci } });
  expect(stdout).toBe(`loaded with ${JSON.stringify(ci)}\n`);
});
