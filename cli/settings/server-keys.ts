/** The keys that `serve` and `mock` ask clients for. */
import { UsageError } from '../usage-error.ts';
import type { Environment, Flags } from './given.ts';
import { checkedKey } from './parse.ts';

/** @throws UsageError for a variable that is not set, or a key that no header can carry. None where none was asked for. */
export function serverKeys({ apiKey, apiKeyEnv }: Flags, environment: Environment): readonly string[] {
  if (typeof apiKey === 'string') return [checkedKey(apiKey, '--api-key')];
  if (typeof apiKeyEnv !== 'string') return [];
  const key = environment[apiKeyEnv];
  if (key === undefined || key === '') throw new UsageError(`The environment variable ${apiKeyEnv}, named by --api-key-env, is not set.`);
  return [checkedKey(key, apiKeyEnv)];
}
