/** `--upstream` and what goes with it: the engine that does the work of `serve`. */
import { UsageError } from '../usage-error.ts';
import type { Environment, Flags } from './given.ts';
import { checkedKey, parseChoice } from './parse.ts';

export interface UpstreamSettings {
  readonly upstream: string;
  readonly engine?: string;
  readonly key?: string;
}

const engines = ['vllm', 'sglang', 'lmdeploy', 'llamacpp', 'other'] as const;

/** Flags of the model that the reference server runs itself. */
const ofOwnModel = {
  model: '--model',
  download: '--download',
  modelDir: '--model-dir',
  contextSize: '--context-size',
  threads: '--threads',
  gpuLayers: '--gpu-layers',
  trial: '--no-trial',
  parallel: '--parallel',
  maxQueue: '--max-queue',
} as const;

/** @returns undefined without `--upstream`. @throws UsageError for flags that do not go together, and for a key that is not set. */
export function upstreamSettings(flags: Flags, environment: Environment): UpstreamSettings | undefined {
  const { upstream, upstreamEngine, upstreamKeyEnv } = flags;
  if (typeof upstream !== 'string') {
    const [stray] = [
      upstreamEngine === undefined ? [] : '--upstream-engine',
      upstreamKeyEnv === undefined ? [] : '--upstream-key-env',
    ].flat();
    if (stray !== undefined) throw new UsageError(`${stray} goes with --upstream URL.`);
    return undefined;
  }
  // Commander gives `trial: true` where nobody wrote --no-trial.
  const isGiven = (name: string) => (name === 'trial' ? flags[name] === false : flags[name] !== undefined);
  const stray = Object.entries(ofOwnModel).find(([name]) => isGiven(name))?.[1];
  if (stray !== undefined) throw new UsageError(`With --upstream the engine has its own models and settings; leave out ${stray}.`);
  return {
    upstream,
    ...(typeof upstreamEngine === 'string' ? { engine: parseChoice(upstreamEngine, '--upstream-engine', engines) } : {}),
    ...(typeof upstreamKeyEnv === 'string' ? { key: keyIn(upstreamKeyEnv, environment) } : {}),
  };
}

function keyIn(variable: string, environment: Environment): string {
  const key = environment[variable];
  if (key === undefined || key === '')
    throw new UsageError(`The environment variable ${variable}, named by --upstream-key-env, is not set.`);
  return checkedKey(key, variable);
}
