/**
 * Loads a model that was never loaded before in a process of its own. Values inside a GGUF file that do not fit each other make llama.cpp
 * end its process (GGML_ASSERT) where it could throw: so it ends one that serves nobody, and this one can say what happened.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { importEngine } from './engine.ts';
import { readModelFile } from './gguf-file.ts';
import type { ModelOptions } from './model.ts';
import { bundledModelPath } from './package-root.ts';
import { StartError, type StartErrorCode } from './start-error.ts';
import { type ModelFiles, modelFiles, TriedModels } from './tried-models.ts';

export interface TrialOptions {
  /** Where it is kept which models went well. Default: in the user's cache. */
  readonly folder?: string;
  /** How long the trial may take. Default: a minute, and the time that a slow disk needs for the file. */
  readonly patienceMs?: number;
  /** Told the process that tries. */
  readonly onProcess?: (id: number) => void;
}

/** What the process that tries has to say, if it lives. */
export type TrialOutcome = { readonly isGood: true } | { readonly isGood: false; readonly code: StartErrorCode; readonly message: string };

/** The part of a model's options that decides which code of llama.cpp runs. */
export type TrialSettings = Pick<ModelOptions, 'threads' | 'gpuLayers'> & { readonly path: string };

const shortestPatienceMs = 60_000;
/** 50 MB a second: slower than any disk that a model is run from. */
const slowestBytesPerMs = 50_000;

/**
 * Returns where the model can be loaded; at once for the bundled one, and for a file that was tried and has not changed since, with this
 * version of the engine. Costs a model that is new to it the time to load it once, on the processor or the GPU that will run it, and to
 * evaluate a dozen tokens. Files are mapped, so their second reading comes from memory where there is enough of it.
 *
 * @throws StartError `model-invalid` where the process died or hung, else what loading the model threw there.
 */
export async function tryModel({ path, threads, gpuLayers }: ModelOptions, options: TrialOptions = {}): Promise<void> {
  if (path === undefined || path === bundledModelPath) return;
  const files = await modelFiles(path);
  // Loading it will tell what is wrong with its name.
  if (files === undefined) return;
  const module = await importEngine();
  const tried = new TriedModels(await module.getModuleVersion(), options.folder);
  if (await tried.has(files)) return;
  // What can be seen without loading it needs no process.
  await readModelFile({ module }, path);
  const settings: TrialSettings = {
    path,
    ...(threads === undefined ? {} : { threads }),
    ...(gpuLayers === undefined ? {} : { gpuLayers }),
  };
  const outcome = await tryApart(settings, files, options);
  if (!outcome.isGood) throw new StartError(outcome.code, outcome.message);
  await tried.add(files);
}

function tryApart(settings: TrialSettings, { size }: ModelFiles, options: TrialOptions): Promise<TrialOutcome> {
  const child = fork(processFile, [JSON.stringify(settings)], {
    execArgv: [],
    env: harmlessEnvironment(process.env),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const patience = options.patienceMs ?? shortestPatienceMs + size / slowestBytesPerMs;
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-longestWords);
  });
  if (child.pid !== undefined) options.onProcess?.(child.pid);
  return new Promise<TrialOutcome>((resolve, reject) => {
    const timer = setTimeout(() => resolve(bad(settings.path, `had not loaded it after ${seconds(patience)}`, said)), patience);
    child.on('error', reject);
    child.on('message', (outcome: TrialOutcome) => resolve(outcome));
    // Not `exit`: its last words come after that.
    child.on('close', (code, signal) => resolve(bad(settings.path, ending(code, signal), said)));
    child.on('close', () => clearTimeout(timer));
  }).finally(() => {
    process.off('exit', kill);
    kill();
  });
}

/** Beside this file, in the sources and as built. */
const processFile = fileURLToPath(new URL(import.meta.url.replace(/(\.[jt]s)$/u, '-process$1')));

function bad(path: string, what: string, said: string): TrialOutcome {
  const words = lastWords(said);
  const why = words === undefined ? '' : ` (${words})`;
  const advice = 'Download or convert the file again, or try another version of node-llama-cpp.';
  return {
    isGood: false,
    code: 'model-invalid',
    message: `The model ${path} cannot be used: a process that tried it ${what}${why}. ${advice}`,
  };
}

function ending(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'was killed, as the system does where memory runs out';
  return signal === null ? `ended with exit code ${code}` : `died of ${signal}`;
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}

const longestWords = 16_384;
/** Lines that say why, most telling first. */
const telling = [/GGML_(?:ASSERT|ABORT)|^\s*what\(\):/u, /error|fail|assert|invalid|out of memory/iu];

/** The line of llama.cpp's that says most, without the folders of the machine that built it. */
function lastWords(said: string): string | undefined {
  const lines = said.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const line = telling.map((pattern) => lines.findLast((text) => pattern.test(text))).find((found) => found !== undefined);
  return line
    ?.trim()
    .replace(/^(?:[A-Za-z]:)?[^\s:]*[\\/]/u, '')
    .slice(0, 300);
}

/** What llama.cpp, its drivers and Node's search for modules read. A variable that may hold a key is never among it. */
const needed =
  /^(?:PATH|HOME|USERPROFILE|SYSTEMROOT|WINDIR|TE?MP|TMPDIR|LANG|LC_\w+|TZ|CI|NODE_PATH|NODE_OPTIONS|(?:LD|DYLD)_LIBRARY_PATH|(?:CUDA|NVIDIA|HIP|ROCR|HSA|VK|GGML|LLAMA|OMP|KMP)_\w+)$/iu;
const secret = /KEY|TOKEN|SECRET|PASS|AUTH|CREDENTIAL/iu;

function harmlessEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = Object.entries(environment).filter(([name]) => needed.test(name) && !secret.test(name));
  // Else a debugger, where there is one, is called to the process that dies.
  return { ...Object.fromEntries(passed), GGML_NO_BACKTRACE: '1' };
}
