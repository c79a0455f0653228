/** Loads node-llama-cpp, which is an optional peer: only on demand, never building or downloading anything, and with a clear sentence where it cannot. */
import { availableParallelism } from 'node:os';
import type * as nodeLlamaCpp from 'node-llama-cpp';
import { StartError } from './start-error.ts';

export type LlamaModule = typeof nodeLlamaCpp;

/** The native library, ready to load models. */
export interface Engine {
  readonly module: LlamaModule;
  readonly llama: nodeLlamaCpp.Llama;
  /** CPU threads for a context. */
  readonly threads: number;
}

/** What the lean install line names, for tests and for platforms that are not this one. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** Kept in step with `peerDependencies` in package.json. */
const engineVersion = '3.22.1';
/** It renders chat templates, and comes with node-llama-cpp where packages are hoisted. */
const templatesVersion = '0.5.11';

const prebuilt: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/** The command that installs the engine in about 85 MB. A plain `npm i node-llama-cpp` takes 725 MB, most of it CUDA and Vulkan. */
export function installLine(platform: Platform = { os: process.platform, arch: process.arch }): string {
  const binary = prebuilt[`${platform.os}-${platform.arch}`];
  const packages = [
    `node-llama-cpp@${engineVersion}`,
    `@huggingface/jinja@${templatesVersion}`,
    ...(binary === undefined ? [] : [`@node-llama-cpp/${binary}@${engineVersion}`]),
  ];
  return `npm i --omit=optional ${packages.join(' ')}`;
}

/** One for each way to start it and process: starting it forks a child that tries the binary. */
const engines = new Map<string, Promise<Engine>>();

/**
 * The engine, loaded the first time. `threads` undefined: as many as `defaultThreads` says. `mayUseGpu`: on the best GPU that an installed
 * binary knows how to use, where there is one; else on the CPU.
 *
 * More threads than free cores make ggml's spinning barriers collapse: one thread gives 1,000 tokens a second and more on the bundled
 * model, four on two cores less than one. A source build, the library's default when its binary fails its test, would take ten minutes.
 *
 * @throws StartError `engine-missing` with the install line, or `engine-unusable`.
 */
export function loadEngine(threads?: number, mayUseGpu = false): Promise<Engine> {
  const key = `${threads ?? 'default'} ${mayUseGpu}`;
  const known = engines.get(key);
  if (known !== undefined) return known;
  const engine = startEngine(threads, mayUseGpu);
  engines.set(key, engine);
  return engine;
}

/**
 * Threads for a model that is not tiny: all cores but one, which stays free for HTTP and for the system, and never more than the cores that
 * do arithmetic. `mathCores` leaves out the second threads of a core and the slow ones of a laptop, `available` is what this process may use.
 */
export function defaultThreads(mathCores: number, available: number = availableParallelism()): number {
  return Math.max(1, Math.min(mathCores, available - 1));
}

/**
 * For layers that were asked to be on a GPU: where there is none, the CPU would compute them without a word.
 *
 * @throws StartError `engine-unusable`.
 */
export function requireGpu(gpu: nodeLlamaCpp.LlamaGpuType): void {
  if (gpu !== false) return;
  throw new StartError(
    'engine-unusable',
    'Layers on a GPU were asked for, but no binary of node-llama-cpp that is installed here can use one of this machine. A plain `npm i node-llama-cpp` installs those for CUDA and Vulkan; without --gpu-layers the CPU computes all.',
  );
}

let imported: Promise<LlamaModule> | undefined;

/** The library itself, unstarted. @throws StartError `engine-missing` with the install line. */
export function importEngine(): Promise<LlamaModule> {
  imported ??= importWithReadableCi();
  return imported;
}

async function importWithReadableCi(): Promise<LlamaModule> {
  const { CI: ci } = process.env;
  try {
    // It reads CI as a boolean and throws where it is anything else: some services give their name.
    if (ci !== undefined && !/^(true|false|0|1)$/i.test(ci)) process.env['CI'] = String(ci !== '');
    return await import('node-llama-cpp');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new StartError(
      'engine-missing',
      `The reference server runs models with node-llama-cpp, which is not installed. Install it with: ${installLine()}`,
      error,
    );
  } finally {
    if (ci !== undefined) process.env['CI'] = ci;
  }
}

let listener: (words: string) => void = () => {};
let firstWords: string | undefined;

/** Tells what llama.cpp says of its errors. Default: nobody. */
export function onEngineWords(listen: (words: string) => void): void {
  listener = listen;
}

function hear(words: string): void {
  listener(words.trimEnd());
  const [, reason] = /error loading model: (.+)/u.exec(words) ?? [];
  // The cause comes first; what follows is said by the functions that the failure passes through.
  firstWords = reason === undefined || firstWords !== undefined ? (firstWords ?? words.trim()) : reason.trim();
}

/** What llama.cpp said first of an error; forgotten with that. */
export function takeWords(): string | undefined {
  const words = firstWords;
  firstWords = undefined;
  return words;
}

async function startEngine(wanted: number | undefined, mayUseGpu: boolean): Promise<Engine> {
  const module = await importEngine();
  try {
    const llama = await module.getLlama({
      gpu: mayUseGpu ? 'auto' : false,
      build: 'never',
      skipDownload: true,
      // 0 is no bound: how many cores there are is known once it runs.
      maxThreads: wanted ?? 0,
      logLevel: module.LlamaLogLevel.error,
      // Never to stdout, which belongs to the command line. What matters is thrown as a rule, but without its reason.
      logger: (_level, words) => hear(words),
    });
    const threads = wanted ?? defaultThreads(llama.cpuMathCores);
    llama.maxThreads = threads;
    return { module, llama, threads };
  } catch (error) {
    if (!(error instanceof module.NoBinaryFoundError)) throw error;
    throw new StartError(
      'engine-unusable',
      `node-llama-cpp is installed, but no prebuilt binary of it runs on ${process.platform} ${process.arch} (on Linux it needs glibc 2.34 or newer, not musl). Try: ${installLine()}`,
      error,
    );
  }
}
